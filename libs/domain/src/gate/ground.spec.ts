import { describe, expect, it } from '@jest/globals';
import { initialState, type Consent, type SubjectState } from '../subject/subject-state.js';
import { momentAt } from '../testing/acme.js';
import type { Ask } from './ask.js';
import { isGroundShown } from './ground.js';

const AT = Date.parse('2026-03-12T09:00:00Z');
const consent = { id: 'c', state: 'given' } as Consent;
const withdrawn = { ...consent, state: 'withdrawn' } as const;
const held = (...purposes: readonly string[]): SubjectState['holdings'] =>
  new Map(
    purposes.map((purpose) => [
      purpose,
      { event: 'e', purposes: new Set([purpose]), basis: null, facts: [] },
    ]),
  );
const achieved = (...purposes: readonly string[]): SubjectState['achieved'] =>
  new Map(purposes.map((purpose) => [purpose, AT]));
const ended = (endedAt: number | null): SubjectState['contracts'] => new Map([['k', { endedAt }]]);

interface Case {
  readonly says: string;
  readonly ground: string | null | undefined;
  readonly role?: Ask['actorRole'];
  readonly state?: Partial<SubjectState>;
  readonly shown: boolean;
}

const CASES: readonly Case[] = [
  { says: 'no ground', ground: undefined, shown: false },
  { says: 'a ground nobody knows', ground: null, shown: false },
  { says: 'a court decision without approval', ground: 'KZ-18.3', role: 'officer', shown: false },
  {
    says: 'any ground approved',
    ground: 'KZ-18.4',
    state: { approvals: new Set(['KZ-18.4']) },
    shown: true,
  },
  {
    says: 'another ground approved',
    ground: 'KZ-18.4',
    state: { approvals: new Set(['KZ-18.3']) },
    shown: false,
  },
  { says: '18.1 with nothing achieved', ground: 'KZ-18.1', shown: false },
  {
    says: '18.1 with a purpose achieved and nothing held',
    ground: 'KZ-18.1',
    state: { achieved: achieved('acme:law') },
    shown: true,
  },
  {
    says: '18.1 with data of a purpose that goes on',
    ground: 'KZ-18.1',
    state: { holdings: held('acme:sell'), achieved: achieved('acme:law') },
    shown: false,
  },
  {
    says: '18.1 with one of two purposes achieved',
    ground: 'KZ-18.1',
    state: { holdings: held('acme:sell', 'acme:law'), achieved: achieved('acme:law') },
    shown: false,
  },
  {
    says: '18.1 with all purposes achieved',
    ground: 'KZ-18.1',
    state: { holdings: held('acme:sell', 'acme:law'), achieved: achieved('acme:law', 'acme:sell') },
    shown: true,
  },
  {
    says: '18.1 with all terms ended',
    ground: 'KZ-18.1',
    state: { holdings: held('acme:sell'), contracts: ended(0) },
    shown: true,
  },
  {
    says: '18.2 while a contract runs',
    ground: 'KZ-18.2',
    state: { contracts: ended(null) },
    shown: false,
  },
  { says: '18.2 after it ended', ground: 'KZ-18.2', state: { contracts: ended(AT) }, shown: true },
  { says: '18.2 with no contract at all', ground: 'KZ-18.2', shown: false },
  { says: '18.3-1 with nothing found', ground: 'KZ-18.3-1', role: 'officer', shown: false },
  {
    says: '18.3-1 by an officer',
    ground: 'KZ-18.3-1',
    role: 'officer',
    state: { consentViolation: true },
    shown: true,
  },
  {
    says: '18.3-1 by an emitter',
    ground: 'KZ-18.3-1',
    state: { consentViolation: true },
    shown: false,
  },
  {
    says: '24.1.4 without a demand',
    ground: 'KZ-24.1.4',
    role: 'officer',
    state: { requests: new Set(['information']) },
    shown: false,
  },
  {
    says: '24.1.4 by an administrator',
    ground: 'KZ-24.1.4',
    role: 'admin',
    state: { requests: new Set(['destruction']) },
    shown: true,
  },
  {
    says: '24.1.4 by an emitter',
    ground: 'KZ-24.1.4',
    state: { requests: new Set(['destruction']) },
    shown: false,
  },
  {
    says: '24.1.5 with a consent that stands',
    ground: 'KZ-24.1.5',
    role: 'officer',
    state: { consents: [consent] },
    shown: false,
  },
  { says: '24.1.5 with no consent', ground: 'KZ-24.1.5', role: 'officer', shown: false },
  {
    says: '24.1.5 with one of two withdrawn',
    ground: 'KZ-24.1.5',
    role: 'officer',
    state: { consents: [consent, withdrawn] },
    shown: true,
  },
  {
    says: '24.1.5 by an emitter',
    ground: 'KZ-24.1.5',
    state: { consents: [withdrawn] },
    shown: false,
  },
];

describe('the ground of a destruction', () => {
  it.each(CASES)('$says: $shown', ({ ground, role = 'emitter', state, shown }) => {
    const ask: Ask = { kind: 'destroy', ground, facts: ['act'], actorRole: role };
    expect(isGroundShown(ask, { ...initialState, ...state }, momentAt(AT))).toBe(shown);
  });
});
