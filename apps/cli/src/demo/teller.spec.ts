import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Teller } from './teller.js';

const NEXT = ['npx pdl init'];
const FINE = { step: 'a', ok: true, text: 'as told' };
const ASTRAY = { step: 'b', ok: false, text: 'otherwise' };

describe('the teller of the demo', () => {
  const write = process.stdout.write.bind(process.stdout);
  let said = '';

  beforeEach(() => {
    said = '';
    process.stdout.write = (text: string | Uint8Array): boolean => {
      said += String(text);
      return true;
    };
  });
  afterEach(() => {
    process.stdout.write = write;
  });

  it.each([true, false])('ends with OK only when every step went as told (json: %s)', (json) => {
    const reader = { language: 'en', policies: [] } as const;
    const fine = new Teller(json, reader);
    fine.tell(FINE);
    expect(fine.end(NEXT)).toBe(true);
    expect(said).toMatch(json ? /"text":"OK"/u : /\nOK\n/u);
    const astray = new Teller(json, reader);
    said = '';
    astray.tell(FINE);
    astray.tell(ASTRAY);
    expect(astray.end(NEXT)).toBe(false);
    expect(said).toMatch(/NOT OK: 1 steps went otherwise/u);
    expect(said).toMatch(json ? /"step":"b","ok":false/u : /^! otherwise$/mu);
  });

  it('says a refusal by every code and clause that has words', () => {
    new Teller(false, { language: 'ru', policies: [] }).tell({
      ...FINE,
      no: { code: 'BLOCKED', codes: ['BLOCKED'], clauses: ['law:7(1)'] },
    });
    expect(said).toMatch(/^ {6}BLOCKED +Данные заблокированы/mu);
    expect(said).toMatch(/^ {6}law:7\(1\) +\p{Script=Cyrillic}/mu);
  });
});
