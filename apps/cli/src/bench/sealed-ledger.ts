import { join } from 'node:path';
import { SystemClock, initLedger, ledgerFiles, shippedPolicies } from '#ledger';
import { withSession, type Session } from '../session.js';
import { CloudEventLines } from './cloud-event-lines.js';
import { chunked, imported } from './in-process-import.js';

/** A ledger on disk that nobody has open, filled through the whole path: values sealed, views at the log's end. */
export interface SealedLedger {
  readonly data: string;
  readonly lines: CloudEventLines;
  /** Ids, in the order of the lines' references. */
  readonly subjects: readonly string[];
  /** Operations of each subject, after its registration and consent. */
  readonly operations: number;
}

/** An empty ledger with both policies in force. */
export async function initialised(folder: string): Promise<string> {
  const data = join(folder, 'ledger');
  const files = ledgerFiles(data);
  await initLedger({ files, clock: new SystemClock(), policies: shippedPolicies(), by: 'bench' });
  return data;
}

/** Fills a ledger with so many events, the same number for each subject. */
export async function sealedLedger(
  folder: string,
  events: number,
  eventsASubject: number,
): Promise<SealedLedger> {
  const data = await initialised(folder);
  const lines = new CloudEventLines(Math.max(1, Math.round(events / eventsASubject)));
  const operations = eventsASubject - 2;
  const subjects = await withSession({ data }, async (session) => {
    await imported(session, chunked(lines.registrations()), lines.subjects * 2);
    const count = operations * lines.subjects;
    await imported(session, chunked(lines.operations(0, count)), count);
    await session.ledger.views();
    return subjectsOf(session, lines);
  });
  return { data, lines, subjects, operations };
}

/** Ids of everybody that lines are about. */
export function subjectsOf({ ledger }: Session, lines: CloudEventLines): readonly string[] {
  const { vault } = ledger.parts;
  return Array.from({ length: lines.subjects }, (_, n) => {
    const [found] = vault.resolve(lines.source, lines.reference(n));
    if (found === undefined) throw new Error('a subject was not registered');
    return found.id;
  });
}
