import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Submission } from '#domain';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import {
  SystemClock,
  decodeRecorded,
  initLedger,
  ledgerFiles,
  openLedger,
  shippedPolicies,
  submit,
  verifyLedger,
  type Ledger,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { madeEvents } from './made-events.js';

const BY = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;

describe('rules that change between a decision and its append', () => {
  let double: EventStoreDbDouble;
  let directory: string;
  let ledger: Ledger;

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    directory = mkdtempSync(join(tmpdir(), 'pdl-stale-'));
    const files = ledgerFiles(directory, undefined, { store: double.url });
    const clock = new SystemClock();
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    ledger = await opened();
  });
  afterEach(async () => {
    await ledger.close();
    await double.down();
    rmSync(directory, { recursive: true });
  });

  const opened = async (): Promise<Ledger> =>
    openLedger({
      files: ledgerFiles(directory, undefined, { store: double.url }),
      clock: new SystemClock(),
      onFatal: (error) => {
        throw error;
      },
    });
  const submissions = madeEvents(1)
    .split('\n')
    .map((line) => {
      const parsed = parseEvent(JSON.parse(line));
      if (!parsed.ok) throw new Error('a made-up event is not one');
      return parsed.submission;
    });
  const sent = async (submission: Submission | undefined) => {
    if (submission === undefined) throw new Error('there is no such event');
    return submit(ledger, submission, BY);
  };
  /** As another node does it: the policy's stream moves on while an append is on its way. */
  const moveThePolicy = (): void => {
    const stream = [...new Set(double.log.all.map((held) => held.stream))].find((name) =>
      name.endsWith('policy-quicklid'),
    );
    const last = double.log.stream(stream ?? '')?.at(-1);
    if (stream === undefined || last === undefined) throw new Error('no policy was published');
    double.log.append(stream, last.revision, [{ ...last, id: randomUUID() }]);
  };
  const found = async (): Promise<readonly object[]> => {
    const events: object[] = [];
    for await (const batch of ledger.parts.store.readAll()) {
      for (const recorded of batch) {
        const { type, data, metadata } = decodeRecorded(recorded);
        if (type === 'ViolationDetected') events.push({ ...data, ...metadata });
      }
    }
    return events;
  };

  it('are recorded as a violation of what was judged by them, before it is answered', async () => {
    const [registered, consent, collect] = submissions;
    await sent(registered);
    await sent(consent);
    expect(await found()).toEqual([]);
    double.faults = () => {
      double.faults = () => 'answer';
      moveThePolicy();
      return 'answer';
    };
    const answer = await sent(collect);
    expect(answer.status).toBe('accepted');
    expect(await found()).toEqual([
      expect.objectContaining({
        codes: ['STALE_RULES'],
        verdict: 'violation',
        operations: [answer.event],
        causationId: answer.event,
        actorRole: 'ledger',
      }),
    ]);
  });

  /** As when the node that recorded it is killed before it records the violation. */
  const leftUnnoted = async (): Promise<void> => {
    const [registered, consent, collect] = submissions;
    await sent(registered);
    await sent(consent);
    const behaviours = ['answer', 'access-denied'] as const;
    let appends = 0;
    double.faults = () => {
      if (appends === 0) moveThePolicy();
      return behaviours[appends++] ?? 'answer';
    };
    await expect(sent(collect)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await ledger.others?.caughtUp();
    expect(await found()).toEqual([]);
  };

  it.each([
    ['finds it in the log', async () => ledger.others?.finishAbandoned(0)],
    [
      'starts after it',
      async () => {
        await ledger.close();
        ledger = await opened();
      },
    ],
  ])('are recorded by whoever %s, once, when their node is gone', async (_, finish) => {
    await leftUnnoted();
    expect(ledger.others?.isAllFinished).toBe(false);
    await finish();
    await ledger.others?.caughtUp();
    expect(ledger.others?.isAllFinished).toBe(true);
    await finish();
    expect(await found()).toEqual([expect.objectContaining({ codes: ['STALE_RULES'] })]);
  });

  it('are none when nothing moved: the ledger verifies', async () => {
    for (const submission of submissions) await sent(submission);
    expect(await found()).toEqual([]);
    const { faults } = await verifyLedger(ledger.parts.files, { now: new Date() });
    expect(faults).toEqual([]);
  });
});
