import type { Submission } from '#domain';
import { parseEvent } from '../parse-line.js';

/** What an emitter says. */
export interface Said {
  readonly id: string;
  readonly source?: string;
  /** Of whom, by the emitter's reference. */
  readonly subject: string;
  /** Without `kz.pdl.` and version. */
  readonly type: string;
  readonly time?: string;
  readonly data: object;
}

/** A saying as it comes in, by way of a CloudEvent. */
export function submissionOf({ type, ...said }: Said): Submission {
  const envelope = { specversion: '1.0', source: 'urn:test', type: `kz.pdl.${type}.v1` };
  const parsed = parseEvent({ ...envelope, ...said });
  if (parsed.ok) return parsed.submission;
  throw new Error(JSON.stringify(parsed.faults));
}
