import type { FastifyServerOptions } from 'fastify';

/** What a log line may say: a list, so that nothing else can (`assurance.md` G7). */
const FIELDS = [
  'happened',
  'method',
  'route',
  'status',
  'code',
  'milliseconds',
  'role',
  'operator',
  'error',
] as const;

/** One log line. */
export type LogEntry = { readonly [K in (typeof FIELDS)[number]]?: string | number | undefined };

type LoggerOptions = NonNullable<FastifyServerOptions['logger']>;

/** Where log lines go. */
export interface LogSink {
  write(line: string): unknown;
}

/** Fastify's logger, through which only the fields of the list pass; messages never do, since they may quote a caller. */
export function loggerOptions(level: string, stream: LogSink): LoggerOptions {
  return {
    level,
    base: null,
    stream,
    hooks: {
      logMethod([first], method): void {
        // A bare message is the framework's, and may quote whatever it stumbled over.
        if (typeof first === 'object' && first !== null)
          method.call(this, onlyListed(first) as never);
      },
    },
  } as LoggerOptions;
}

function onlyListed(entry: object): object {
  if (entry instanceof Error) return { error: kindOf(entry) };
  const fields = entry as Readonly<Record<string, unknown>>;
  const error = fields['err'] instanceof Error ? { error: kindOf(fields['err']) } : {};
  const listed = FIELDS.flatMap((name): [string, unknown][] => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
  });
  return { ...error, ...Object.fromEntries(listed) };
}

/** Name and code of an error, and of what caused it: never its message. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? `/${error.code}` : '';
  const cause = error.cause === undefined ? '' : ` < ${kindOf(error.cause)}`;
  return `${error.name}${code}${cause}`;
}
