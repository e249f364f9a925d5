import { SETTINGS, type ServiceConfig } from './settings.js';

/** A setting that cannot be what it was given as; names the setting, never what was given. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'INVALID_REQUEST';
}

/** What is given by options instead of the environment. */
export type GivenConfig = { readonly [K in keyof ServiceConfig]?: ServiceConfig[K] | undefined };

/**
 * The settings of a run: options first, then the environment, then defaults.
 * @throws {ConfigError} naming the variable that cannot be.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  given: GivenConfig = {},
): ServiceConfig {
  const entries = Object.entries(SETTINGS).map(([name, setting]): [string, unknown] => {
    const option = given[name as keyof ServiceConfig];
    if (option !== undefined) return [name, option];
    const text = environment[setting.env];
    if (text === undefined) return [name, setting.fallback];
    const value: unknown = setting.parse(text);
    if (value === undefined) throw new ConfigError(`${setting.env} must be: ${setting.means}`);
    return [name, value];
  });
  return Object.freeze(Object.fromEntries(entries)) as ServiceConfig;
}

/** The settings with their meaning and the name of their variable; no password of any url. */
export function describeConfig(config: ServiceConfig): object {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { env, means }]) => [
      name,
      { value: withoutCredentials(config[name as keyof ServiceConfig]), env, means },
    ]),
  );
}

/** A URL may name a user and a password, PostgreSQL's among its parameters too: they are nobody's to read. */
function withoutCredentials(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/\/\/[^/@]*@/u, '//***@').replace(/([?&]password=)[^&]*/gu, '$1***');
}
