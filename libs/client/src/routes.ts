import type { paths } from './generated/api.js';

/** A call as docs/openapi.json writes it: `GET /v1/subjects/{id}/data`. */
export type Route = {
  [P in keyof paths]: {
    [V in Verb]: paths[P][V] extends object ? `${Uppercase<V>} ${P}` : never;
  }[Verb];
}[keyof paths];

/** What goes with a call. */
export type Asked<R extends Route> = Given<'path', Parameters<OperationOf<R>, 'path'>> &
  Given<'query', Parameters<OperationOf<R>, 'query'>> &
  Given<'body', Content<Part<OperationOf<R>, 'requestBody'>>> & {
    /** Makes a repeat be answered as the first time, without time limit. */
    readonly key?: string;
  };

/** What a call is answered with when all went well. */
export type Told<R extends Route> = Content<Done<Part<OperationOf<R>, 'responses'>>>;

type Verb = 'get' | 'post';
type OperationOf<R extends Route> = R extends `${infer V} ${infer P extends keyof paths}`
  ? paths[P][Lowercase<V> & Verb]
  : never;
type Parameters<O, K extends string> = Part<Part<O, 'parameters'>, K>;
type Part<T, K extends PropertyKey> = T extends { readonly [k in K]?: infer V }
  ? Exclude<V, undefined>
  : never;
type Done<T> = { [S in keyof T]: S extends 200 | 201 | 202 ? T[S] : never }[keyof T];
type Content<T> = T extends { readonly content: infer C } ? C[keyof C] : never;
/** What has a field that must be there must be given. */
type Given<K extends string, V> = [V] extends [never]
  ? { readonly [k in K]?: never }
  : Partial<V> extends V
    ? { readonly [k in K]?: V }
    : { readonly [k in K]: V };
