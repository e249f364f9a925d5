import { createHash } from 'node:crypto';
import { canonicalText, type LedgerEvent } from '#domain';
import { MADE_SUBJECT, idOf } from './made-subject.js';

type Slot = 'subject' | 'prev' | number;

/** The canonical text of a made-up event with holes for what differs from subject to subject: cheap to fill, always valid. */
export class LeafTemplate {
  readonly type: string;
  readonly #texts: string[] = [];
  readonly #slots: Slot[] = [];

  constructor(event: LedgerEvent) {
    this.type = event.type;
    let at = 0;
    const text = canonicalText(event);
    for (const match of text.matchAll(HOLES)) {
      this.#texts.push(text.slice(at, match.index));
      this.#slots.push(slotOf(match[0]));
      at = match.index + match[0].length;
    }
    this.#texts.push(text.slice(at));
  }

  /** The event's leaf for the subject of this number, after the event whose leaf hash (hex) is `prev`. */
  fill(subject: number, prev: string): Uint8Array {
    const ids = new Map<number, string>();
    let text = '';
    for (const [n, slot] of this.#slots.entries()) {
      text += this.#texts[n];
      if (slot === 'subject') text += subjectId(subject);
      else if (slot === 'prev') text += `"prev":"${prev}"`;
      else text += cached(ids, slot, () => eventId(subject, slot));
    }
    return ENCODER.encode(text + (this.#texts.at(-1) ?? ''));
  }
}

/** Uuid of a subject by its number. */
export function subjectId(subject: number): string {
  return uuidOf(`subject ${subject}`);
}

/** Uuid of a subject's n-th event: as scattered as the ledger's own. */
export function eventId(subject: number, n: number): string {
  return uuidOf(`event ${subject} ${n}`);
}

const ENCODER = new TextEncoder();
const HOLES = new RegExp(`${MADE_SUBJECT}|${idOf(0).slice(0, -12)}[0-9a-f]{12}|"prev":""`, 'gu');

function slotOf(hole: string): Slot {
  if (hole === MADE_SUBJECT) return 'subject';
  return hole.startsWith('"') ? 'prev' : Number.parseInt(hole.slice(-12), 16);
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function cached<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
