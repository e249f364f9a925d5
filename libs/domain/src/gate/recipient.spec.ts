import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../event/ledger-event.js';
import { evolveRecipient } from './recipient.js';

const told = (type: string, data: object = {}): LedgerEvent => ({ type, data }) as LedgerEvent;
const registered = told('RecipientRegistered', {
  operator: 'acme',
  class: 'acme:bank',
  country: 'KZ',
});
const bound = told('ProcessorBound');
const released = told('ProcessorReleased');
const recipient = { operator: 'acme', class: 'acme:bank', country: 'KZ' };

describe('a recipient', () => {
  it.each([
    ['is unbound when it is registered', [registered], false],
    ['is bound by its contract', [registered, bound], true],
    ['is unbound again when it is released', [registered, bound, released], false],
    ['stays as it was at any other event', [registered, bound, told('HistoryRead')], true],
  ])('%s', (_what, events, isBound) => {
    expect(events.reduce(evolveRecipient, undefined)).toEqual({ ...recipient, bound: isBound });
  });

  it.each([bound, released, told('HistoryRead')])('is nobody before that ($type)', (event) => {
    expect(evolveRecipient(undefined, event)).toBeUndefined();
  });
});
