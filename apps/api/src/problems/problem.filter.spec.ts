import { describe, expect, it } from '@jest/globals';
import { invalidRequest } from './problem.js';
import { LedgerError } from '#ledger';
import { bodyOf, problemOf } from './problem.filter.js';
import { STATUS_TABLE, isProblemCode } from './status-table.js';

const CODES = Object.keys(STATUS_TABLE).filter(isProblemCode);

describe('the body of an error answer', () => {
  it.each(CODES)('%s has status, title, detail and code', (code) => {
    const { status, title } = STATUS_TABLE[code];
    const text = expect.stringMatching(/^.{10,}$/u);
    expect(bodyOf(code)).toEqual({ status, title, detail: text, code });
  });

  it('says everything that said no', () => {
    const { detail } = bodyOf('BLOCKED', { codes: ['BLOCKED', 'CONSENT_NOT_GIVEN'] });
    expect(detail).toBe(
      `${bodyOf('BLOCKED').detail ?? ''} ${bodyOf('CONSENT_NOT_GIVEN').detail ?? ''}`,
    );
  });

  it('says what does not fit, and where', () => {
    const { code, members } = invalidRequest('kind', 'has the wrong form');
    expect(bodyOf(code, members)).toMatchObject({
      detail: 'kind has the wrong form',
      errors: [{ path: 'kind', message: 'has the wrong form' }],
    });
  });

  it('names in errors what the core finds wrong with a request', () => {
    const { code, members } = problemOf(new LedgerError('INVALID_REQUEST', 'give a time'));
    expect(bodyOf(code, members)).toMatchObject({
      detail: 'give a time',
      errors: [{ path: '', message: 'give a time' }],
    });
  });

  it('says what the core says rather than words of its own', () => {
    expect(bodyOf('CONFLICT', { detail: 'give a new id' }).detail).toBe('give a new id');
  });
});
