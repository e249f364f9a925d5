import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../event/ledger-event.js';
import { ACME } from '../testing/acme.js';
import { EMPTY_TIMELINE, evolveTimeline, policyAt, type Timeline } from './timeline.js';

const event = (type: string, data: object): LedgerEvent => ({ type, data }) as LedgerEvent;
const published = (version: string): LedgerEvent =>
  event('PolicyPublished', { id: 'acme', version, hash: `sha256:${version}`, document: ACME });
const activated = (version: string, effectiveFrom: string): LedgerEvent =>
  event('PolicyActivated', { id: 'acme', version, effectiveFrom });
const told = (...events: readonly LedgerEvent[]): Timeline =>
  events.reduce(evolveTimeline, EMPTY_TIMELINE);
const inForce = (timeline: Timeline, at: string): string | undefined =>
  policyAt(timeline, Date.parse(at))?.hash;

describe('the timeline of a policy', () => {
  const both = [published('1'), published('2'), activated('1', '2026-01-01T00:00:00Z')];

  it('has no policy in force before the first one takes effect, however long it is published', () => {
    expect(inForce(told(...both), '2025-12-31T23:59:59Z')).toBeUndefined();
    expect(inForce(told(...both), '2026-01-01T00:00:00Z')).toBe('sha256:1');
    expect(inForce(told(published('1')), '2026-06-01T00:00:00Z')).toBeUndefined();
  });

  it('changes at the instant at which the next one takes effect', () => {
    const timeline = told(...both, activated('2', '2026-03-01T00:00:00Z'));
    expect(inForce(timeline, '2026-02-28T23:59:59Z')).toBe('sha256:1');
    expect(inForce(timeline, '2026-03-01T00:00:00Z')).toBe('sha256:2');
  });

  it('goes by when versions take effect, not by when that was said; of two at once the later said counts', () => {
    const earlier = told(...both, activated('2', '2025-06-01T00:00:00Z'));
    expect(inForce(earlier, '2025-12-01T00:00:00Z')).toBe('sha256:2');
    expect(inForce(earlier, '2026-02-01T00:00:00Z')).toBe('sha256:1');
    const atOnce = told(...both, activated('2', '2026-01-01T00:00:00Z'));
    expect(inForce(atOnce, '2026-02-01T00:00:00Z')).toBe('sha256:2');
  });

  it('refuses to activate what was never published', () => {
    const unknown = activated('3', '2026-01-01T00:00:00Z');
    expect(() => told(...both, unknown)).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER' }));
  });

  it('keeps the rulings of each version, and the operator', () => {
    const ruling = (version: string, option: string): LedgerEvent =>
      event('RulingIssued', { id: 'acme', version, contradiction: 'C1', option });
    const registered = event('OperatorRegistered', { operator: 'acme' });
    const timeline = told(registered, ruling('1', 'a'), ruling('2', 'b'), ruling('1', 'c'));
    expect(timeline.operator).toBe('acme');
    expect(timeline.rulings.get('acme/1')?.map(({ option }) => option)).toEqual(['a', 'c']);
    expect(timeline.rulings.get('acme/2')?.map(({ option }) => option)).toEqual(['b']);
  });

  it('is not moved by events of other kinds', () => {
    expect(told(event('DataUsed', {}))).toBe(EMPTY_TIMELINE);
  });
});
