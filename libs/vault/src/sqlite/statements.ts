import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

const STATEMENTS = new WeakMap<DatabaseSyncInstance, Map<string, StatementSyncInstance>>();

/**
 * The statement of a text, prepared once a connection. The driver frees a statement only when its object is collected,
 * and the collector does not know that 3 KB hang on each: one made for every call lets a process grow without end.
 */
export function prepared(database: DatabaseSyncInstance, sql: string): StatementSyncInstance {
  const statements = STATEMENTS.get(database) ?? new Map<string, StatementSyncInstance>();
  STATEMENTS.set(database, statements);
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const made = database.prepare(sql);
  statements.set(sql, made);
  return made;
}
