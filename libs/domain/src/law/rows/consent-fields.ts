import type { ConsentFieldRow } from '../law.js';
import { DAY, SINCE_ENTRY } from './in-force.js';

const NEEDED = { inForce: SINCE_ENTRY, required: true } as const;

/** What a record of consent must hold, beside the field of ISO/IEC TS 27560 (Law 94-V art. 8(4); `law.md` §8). */
export const CONSENT_FIELDS: readonly ConsentFieldRow[] = [
  { ...NEEDED, field: 'operator-name', clause: '8(4)(1)', iso27560: 'party name' },
  { ...NEEDED, field: 'operator-number', clause: '8(4)(1)', iso27560: 'party id' },
  { ...NEEDED, field: 'subject-name', clause: '8(4)(2)', iso27560: 'pii principal id' },
  { ...NEEDED, field: 'term', clause: '8(4)(3)', iso27560: 'validity duration' },
  { ...NEEDED, field: 'third-parties', clause: '8(4)(4)', iso27560: 'recipient third parties' },
  { ...NEEDED, field: 'cross-border', clause: '8(4)(5)', iso27560: 'geographic restrictions' },
  { ...NEEDED, field: 'publication', clause: '8(4)(6)', iso27560: '' },
  { ...NEEDED, field: 'categories', clause: '8(4)(7)', iso27560: 'pii information' },
  { ...NEEDED, field: 'other', clause: '8(4)(8)', required: false, iso27560: '' },
  { ...NEEDED, field: 'purpose', clause: '14', iso27560: 'purpose' },
  { ...NEEDED, field: 'channel', clause: '8(1)', iso27560: 'collection method' },
  { ...NEEDED, field: 'event', clause: '25(2)(5)', iso27560: 'event state' },
  { ...NEEDED, field: 'text', clause: '25(2)(5)', iso27560: 'privacy notice' },
  {
    field: 'withdrawal-method',
    clause: '8(7)',
    inForce: { from: DAY.act231 },
    required: false,
    iso27560: 'withdrawal method',
  },
  {
    field: 'automated-processing',
    clause: '19-1(2)',
    inForce: { from: DAY.act231 },
    required: false,
    iso27560: 'privacy rights',
  },
  {
    field: 'storage-location',
    clause: '12(2)',
    inForce: { from: '2016-01-01' },
    required: false,
    iso27560: 'storage locations',
  },
];
