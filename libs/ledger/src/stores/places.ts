import { canonicalBytes, type LedgerEvent } from '#domain';
import type { Unusable, ViewPlace, ViewStore } from '#projections';
import { SqliteViewPlace, SqliteViewStore } from '#projections/sqlite';
import type { KeyDirectory, Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { VIEWS } from '../views/views.js';
import { isLogShared, type LedgerFiles } from './ledger-files.js';
import { assertNotMoved } from './moved-away.js';

/** Whose ledger, in which places. */
export interface LedgerPlace {
  readonly files: LedgerFiles;
  readonly ledgerId: string;
}

/** `create`: there may be none yet. */
export type VaultMode = 'create' | 'write' | 'read';

/**
 * The vault of a ledger: in its directory, or in the database that its files name.
 * @throws {VaultError}
 */
export async function openVault(
  { files, ledgerId }: LedgerPlace,
  keys: KeyDirectory,
  mode: VaultMode,
): Promise<Vault> {
  const options = { keys, ledgerId, canonicalJson: canonicalBytes };
  if (files.database === undefined) {
    if (mode === 'read') assertNotMoved(files, 'vault');
    const file = files.vault;
    return SqliteVault.open({ ...options, file, mode: mode === 'read' ? 'read' : 'write' });
  }
  const { PostgresVault } = await import('#vault/postgres');
  return PostgresVault.open({ ...options, url: files.database, mode });
}

/**
 * Whether the vault of a new ledger can lie where it is to, before anything is made; what `cutOff` began there may be there.
 * @throws {VaultError}
 */
export async function assertMayBegin(
  { database }: LedgerFiles,
  cutOff: string | undefined,
): Promise<void> {
  if (database === undefined) return;
  const postgres = await import('#vault/postgres');
  await postgres.assertMayBegin(database, cutOff);
}

/** Where the views of a ledger are written and built. */
export async function viewPlaceOf({
  files,
  ledgerId,
}: LedgerPlace): Promise<ViewPlace<LedgerEvent>> {
  if (files.database === undefined)
    return new SqliteViewPlace({ file: files.views, views: VIEWS, ledgerId });
  const { PostgresViewPlace } = await import('#projections/postgres');
  const isShared = isLogShared(files);
  return new PostgresViewPlace({ url: files.database, views: VIEWS, ledgerId, isShared });
}

/** Reads the views of a ledger beside whoever writes them. @throws {ViewError} when a database cannot be asked. */
export async function readViews<T>(
  at: LedgerPlace,
  read: (views: ViewStore<LedgerEvent> | Unusable) => Promise<T>,
): Promise<T> {
  const { files, ledgerId } = at;
  const place = files.database === undefined ? undefined : await viewPlaceOf(at);
  try {
    const views =
      (await place?.open()) ??
      SqliteViewStore.open({ file: files.views, views: VIEWS, ledgerId, mode: 'read' });
    return await read(views).finally(async () => {
      if (typeof views !== 'string') await views.close();
    });
  } finally {
    await place?.close();
  }
}
