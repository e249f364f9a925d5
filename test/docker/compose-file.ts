import { parse } from 'yaml';

/** A service of a compose file, as far as the rules look at it. */
export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly network_mode?: string;
  readonly pid?: string;
  readonly restart?: string;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: unknown;
}

/** A compose file. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

/** Reads a compose file with its anchors and merges. @throws when it is no YAML. */
export function readCompose(text: string): ComposeFile {
  return parse(text, { merge: true }) as ComposeFile;
}

/** A value as Compose would hand it on, given variables; those with a default keep it. @throws naming one that must be given. */
export function interpolated(value: string, given: Readonly<Record<string, string>>): string {
  return value.replace(
    /\$\{(?<name>\w+)(?::(?<how>[-?])(?<text>[^}]*))?\}/gu,
    (_all, name: string, how?: string, text = '') => {
      const known = given[name] ?? (how === '-' ? String(text) : undefined);
      if (known === undefined) throw new Error(`${name} is not given`);
      return known;
    },
  );
}

/** The environment of a service as its program sees it; what is handed through is not set. */
export function environmentOf(
  { environment = {} }: Service,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === null ? [] : [[name, interpolated(value, given)]],
    ),
  );
}
