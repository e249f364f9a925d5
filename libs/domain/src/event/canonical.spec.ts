import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalBytes, canonicalText } from './canonical.js';

describe('canonical JSON', () => {
  // RFC 8785 §3.2.2 and §3.2.3, appendix E of the number rules.
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [[333333333.33333329, 1e30, 4.5, 2e-3, 1e-27], '[333333333.3333333,1e+30,4.5,0.002,1e-27]'],
    [-0, '0'],
    [
      {
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '1': 'One',
        '\ud83d\ude00': 'Smiley',
        '\u0080': 'Control',
        '\ufb33': 'Dalet',
      },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u20ac":"Euro Sign","\ud83d\ude00":"Smiley","\ufb33":"Dalet"}',
    ],
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    [{ '10': 1, '9': 2, '': 3, a: {}, B: [] }, '{"":3,"10":1,"9":2,"B":[],"a":{}}'],
    ['\u007f', '"\u007f"'],
    ['\ufeff', '"\ufeff"'],
  ])('writes %j as RFC 8785 does', (value, text) => {
    expect(canonicalText(value)).toBe(text);
  });

  it('leaves out fields that are undefined', () => {
    expect(canonicalText({ a: undefined, b: 1, c: undefined })).toBe('{"b":1}');
    expect(canonicalText({ a: undefined })).toBe('{}');
  });

  it('refuses what JSON cannot hold', () => {
    const lone = ['\ud800', { '\udfff': 1 }, ['x\udc00\ud800']];
    for (const value of [Number.NaN, Infinity, 1n, undefined, [undefined], ...lone]) {
      expect(() => canonicalText(value)).toThrow(TypeError);
    }
  });

  it('takes text that only looks like an escaped surrogate', () => {
    expect(canonicalText('\\ud800')).toBe('"\\\\ud800"');
  });

  it('keeps the value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalText(value);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is what sorting, quoting and joining gives, in UTF-8, whatever came before', () => {
    const value = fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 });
    fc.assert(
      fc.property(value, (of) => {
        expect(bytesOrError(() => canonicalBytes(of))).toEqual(
          bytesOrError(() => new TextEncoder().encode(joined(of))),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each([100, 5000, 50_000])('has room for %i texts, plain or not', (many) => {
    const texts = Array.from({ length: many }, (_, n) => `${n} of ${many}`);
    const values = Object.fromEntries(texts.map((text) => [text, `${text} Айгүл "😀"`]));
    expect(canonicalText(values)).toBe(joined(values));
    expect(canonicalText(texts)).toBe(JSON.stringify(texts));
  });
});

/** RFC 8785 by its letter. */
function joined(value: unknown): string {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a lone surrogate');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(joined).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${joined(key)}:${joined(item)}`).join(',')}}`;
}

function bytesOrError(made: () => Uint8Array): unknown {
  try {
    return made();
  } catch (error) {
    return (error as Error).constructor;
  }
}
