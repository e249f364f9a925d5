import { expect, it } from '@jest/globals';
import { instantOf } from './instant.js';

it.each([
  ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.000Z'],
  ['2026-03-02T09:00:00.123456+05:00', '2026-03-02T04:00:00.123Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('%s is a moment', (text, at) => {
  expect(new Date(instantOf(text)).toISOString()).toBe(at);
});

it.each([
  '',
  '7',
  '-1',
  'March 2026',
  '2026',
  '2026-03-02T09:00:00',
  '2026-02-31T00:00:00Z',
  '2025-02-29',
  '2026-13-01',
])('%j is none, whatever a Date makes of it', (text) => {
  expect(instantOf(text)).toBeNaN();
});
