import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  openLedger,
  shippedPolicies,
  submitAll,
  type Ledger,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { madeEvents } from '../eventstoredb/made-events.js';
import { onPostgres } from './server-for-tests.js';

const BY = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
const SUBMISSIONS = madeEvents(1)
  .split('\n')
  .slice(0, 3)
  .map((line) => {
    const parsed = parseEvent(JSON.parse(line));
    if (!parsed.ok) throw new Error('a made-up event is not one');
    return parsed.submission;
  });

onPostgres('what is read ahead from a database', (server) => {
  let directory: string;
  let ledger: Ledger;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-read-ahead-'));
    const database = await server.database();
    const files = ledgerFiles(directory, undefined, { database });
    const clock = new SystemClock();
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    ledger = await openLedger({ files, clock, onFatal: () => undefined });
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(directory, { recursive: true });
  });

  /** As a destruction of somebody else does: what was found before is no longer at hand. */
  const destroyAnother = (): void => ledger.parts.vault.purge(randomUUID());

  it('is read again when a destruction took it from hand before it was looked at', async () => {
    const { vault } = ledger.parts;
    const ahead = vault.ahead.bind(vault);
    const taking = [destroyAnother, destroyAnother, destroyAnother];
    vault.ahead = async (wanted) => {
      await ahead(wanted);
      taking.pop()?.();
    };
    const { answers } = await submitAll(ledger, SUBMISSIONS, BY);
    const accepted = { status: 'accepted' };
    expect(await answers).toMatchObject([accepted, accepted, accepted]);
    expect(taking).toEqual([]);
  });

  it('is somebody who was staged when it was asked, and was written before the answer came', async () => {
    const { vault } = ledger.parts;
    const [id, eventId] = [randomUUID(), randomUUID()];
    const references = [{ source: 'urn:made', reference: 'case-0' }];
    await vault.ahead({ references });
    vault.stageReference('quicklid', 'urn:made', 'case-0', { kind: 'subject', id, eventId });
    destroyAnother();
    const answer = lateAnswer(/from "pdl_vault"."refs"/u);
    const read = vault.ahead({ references });
    await answer.isThere;
    await vault.commit([eventId]);
    answer.come();
    await read;
    expect(vault.resolve('urn:made', 'case-0')).toMatchObject([{ id }]);
  });
});

type Query = (this: unknown, ...args: unknown[]) => unknown;

/** Keeps back the database's answer to the next statement of this kind until told to let it come. */
function lateAnswer(kind: RegExp): { readonly isThere: Promise<void>; readonly come: () => void } {
  const client = pg.Client.prototype as unknown as { query: Query };
  const { query } = client;
  const [there, coming] = [settled(), settled()];
  client.query = function (...args) {
    const answer = query.apply(this, args);
    if (!kind.test(String(args[0]))) return answer;
    client.query = query;
    return Promise.resolve(answer).then(async (rows) => {
      there.settle();
      await coming.promise;
      return rows;
    });
  };
  return { isThere: there.promise, come: coming.settle };
}

function settled(): { readonly promise: Promise<void>; readonly settle: () => void } {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}
