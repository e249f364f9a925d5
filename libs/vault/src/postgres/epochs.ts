import { createHash } from 'node:crypto';
import type { EpochStatus } from '../vault.js';
import { metaOf, setMeta } from './meta.js';
import type { Session } from './tables.js';

const NOTE = 'epochs';

/** Epochs in use, with how many subjects each wraps. */
export async function epochsOf(session: Session): Promise<readonly EpochStatus[]> {
  const rows = await session
    .selectFrom('epochs')
    .leftJoin('subjects', (join) =>
      join
        .onRef('subjects.operator', '=', 'epochs.operator')
        .onRef('subjects.epoch', '=', 'epochs.epoch'),
    )
    .select(({ fn }) => [
      'epochs.operator',
      'epochs.epoch',
      'created_at',
      'retire_by',
      fn.count('subjects.subject').as('subjects'),
    ])
    .groupBy(['epochs.operator', 'epochs.epoch'])
    .orderBy('epochs.operator')
    .orderBy('epochs.epoch')
    .execute();
  return rows.map(({ operator, epoch, created_at, retire_by, subjects }) => ({
    operator,
    epoch,
    createdAt: created_at,
    retireBy: retire_by,
    subjects: Number(subjects),
  }));
}

/** Notes what the epochs' rows say, in the transaction that changes them: nothing else would tell a changed due time. */
export async function noteEpochs(transaction: Session): Promise<void> {
  await setMeta(transaction, NOTE, await sumOf(transaction));
}

/** Whether the epochs' rows are those that were noted. */
export async function areEpochsAsNoted(session: Session): Promise<boolean> {
  const noted = await metaOf(session, NOTE);
  return noted === undefined || noted.equals(await sumOf(session));
}

async function sumOf(session: Session): Promise<Buffer> {
  const rows = await session
    .selectFrom('epochs')
    .select(['operator', 'epoch', 'created_at', 'retire_by'])
    .orderBy('operator')
    .orderBy('epoch')
    .execute();
  const cells = rows.map((row) => Object.values(row));
  return createHash('sha256').update(JSON.stringify(cells)).digest();
}
