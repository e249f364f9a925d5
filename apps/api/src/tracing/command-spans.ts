import type { CommandBus } from '@nestjs/cqrs';
import { isOperation } from '#domain';
import { problemOf } from '../problems/problem.filter.js';
import { STATUS_TABLE } from '../problems/status-table.js';
import { fail, tell, tracer, type SpanFacts } from './spans.js';

/** Puts a span around every command of a bus, until what it recorded is durable. */
export function traceCommands(bus: CommandBus): void {
  const execute = bus.execute.bind(bus) as (command: object) => Promise<unknown>;
  const traced = async (command: object): Promise<unknown> =>
    tracer().startActiveSpan(command.constructor.name, async (span) => {
      tell(span, asked(command));
      const executing = execute(command);
      void executing
        .then(durable)
        .then(
          (answer) => tell(span, told(answer)),
          (error: unknown) => {
            const { code } = problemOf(error);
            tell(span, { 'pdl.code': code });
            if (STATUS_TABLE[code].status >= 500) fail(span);
          },
        )
        .finally(() => span.end());
      return executing;
    });
  bus.execute = traced as typeof bus.execute;
}

/** A batch is answered when it is decided, so that the next may follow. */
async function durable(answer: unknown): Promise<unknown> {
  await (answer as { readonly answers?: Promise<unknown> } | undefined)?.answers;
  return answer;
}

/** Of a command: whose it is, and its operation when that is one of the sixteen. */
function asked(command: Asked): SpanFacts {
  const operation = command.submission?.command?.operation;
  return {
    'pdl.operator': command.speaker?.operator,
    'pdl.operation':
      operation === undefined || isOperation(operation) ? operation : 'unknown operation',
    'pdl.events': command.submissions?.length,
  };
}

/** What some commands have. */
interface Asked {
  readonly speaker?: { readonly operator?: string };
  readonly submission?: { readonly command?: { readonly operation?: string } };
  readonly submissions?: readonly unknown[];
}

function told(answer: unknown): SpanFacts {
  const { verdict, code } = (answer ?? {}) as { readonly verdict?: string; readonly code?: string };
  return { 'pdl.verdict': verdict, 'pdl.code': code };
}
