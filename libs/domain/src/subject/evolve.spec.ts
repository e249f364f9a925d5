import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../event/ledger-event.js';
import { evolve } from './evolve.js';
import { initialState, type SubjectState } from './subject-state.js';

const SUBJECT = '11111111-1111-4111-8111-111111111111';
const event = (type: string, data: object): LedgerEvent =>
  ({ type, id: SUBJECT, data: { operator: 'acme', subject: SUBJECT, ...data } }) as LedgerEvent;
const folded = (...events: readonly LedgerEvent[]): SubjectState =>
  events.reduce(evolve, initialState);
const registered = event('SubjectRegistered', { subjectKind: 'person' });
const changed = event('SubjectKindChanged', { subjectKind: 'person', to: 'company' });

describe('the kind of a subject', () => {
  it('is the one it was registered with, until it is changed', () => {
    expect(folded(registered).registered?.kind).toBe('person');
    expect(folded(registered, changed).registered).toEqual({
      operator: 'acme',
      subject: SUBJECT,
      kind: 'company',
    });
  });

  it('stays when the change was refused, and makes nobody of whom nobody knows', () => {
    const refused = { ...changed, data: { ...changed.data, verdict: 'refused' } } as LedgerEvent;
    expect(folded(registered, refused).registered?.kind).toBe('person');
    expect(folded(changed)).toBe(initialState);
  });
});

describe('a destroyed category', () => {
  const order = (generation: number, categories?: readonly string[]): LedgerEvent =>
    event('DestructionOrdered', {
      generation,
      categories,
      verdict: 'lawful',
      operation: 'destroy',
    });

  it('stays destroyed when another one follows, and everything is once the subject is', () => {
    const two = folded(registered, order(1, ['acme:name']), order(2, ['acme:phone']));
    expect(two.destroyed).toEqual(new Set(['acme:name', 'acme:phone']));
    expect(two.generation).toBe(2);
    const all = evolve(two, order(3));
    expect(all.destroyed).toBe('all');
    expect(evolve(all, order(4, ['acme:name'])).destroyed).toBe('all');
  });
});
