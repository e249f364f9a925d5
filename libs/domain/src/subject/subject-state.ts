import type { Fact } from '../event/clear-fields.js';

/** A consent as the stream tells it; times in milliseconds. */
export interface Consent {
  readonly id: string;
  readonly state: 'requested' | 'given' | 'refused' | 'claimed' | 'withdrawn' | 'expired';
  readonly purpose: string;
  readonly categories: ReadonlySet<string>;
  readonly givenAt: number;
  /** Infinity when no term was stated (Law 94-V art. 8(6)). */
  readonly validUntil: number;
  readonly thirdParties: boolean;
  readonly crossBorder: boolean;
  readonly publication: boolean;
}

/** A block or a hold; `categories` undefined covers everything but `except`. */
export interface Cover {
  readonly categories: ReadonlySet<string> | undefined;
  readonly except: ReadonlySet<string>;
  readonly reasonCode?: string;
}

/** What is held of one category. */
export interface Holding {
  /** Event that sealed the current value. */
  readonly event: string;
  /** Purposes for which it was collected. */
  readonly purposes: ReadonlySet<string>;
  /** The basis of art. 9 it was collected under, null when it was consent. */
  readonly basis: { readonly code: string; readonly cite?: string } | null;
  /** Facts that the collection showed for that basis. */
  readonly facts: readonly Fact[];
}

/** Everything of one subject that the gate needs, folded from its stream. */
export interface SubjectState {
  /** null until registered. */
  readonly registered: {
    readonly operator: string;
    readonly subject: string;
    readonly kind: string;
  } | null;
  /** In stream order. */
  readonly consents: readonly Consent[];
  readonly contracts: ReadonlyMap<string, { readonly endedAt: number | null }>;
  /** Purpose → when it was achieved; a later consent for the purpose clears it. */
  readonly achieved: ReadonlyMap<string, number>;
  readonly holdings: ReadonlyMap<string, Holding>;
  /** Logically deleted and not collected again. */
  readonly deleted: ReadonlySet<string>;
  readonly blocks: readonly Cover[];
  readonly holds: readonly Cover[];
  /** Under a destruction order. */
  readonly destroyed: 'all' | ReadonlySet<string>;
  /** Orders not yet followed by `DataDestroyed`. */
  readonly openOrders: ReadonlySet<string>;
  readonly generation: number;
  /** When the last lawful operation occurred that a late notice could overturn, in milliseconds; -Infinity: none. */
  readonly reliedUntil: number;
  /** Kinds of requests received. */
  readonly requests: ReadonlySet<string>;
  /** Grounds approved by a second officer. */
  readonly approvals: ReadonlySet<string>;
  /** Processing without consent was found (Law 94-V art. 18(3-1)). */
  readonly consentViolation: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Of a subject nobody registered yet. */
export const initialState: SubjectState = {
  registered: null,
  consents: [],
  contracts: new Map(),
  achieved: new Map(),
  holdings: new Map(),
  deleted: NONE,
  blocks: [],
  holds: [],
  destroyed: NONE,
  openOrders: NONE,
  generation: 0,
  reliedUntil: -Infinity,
  requests: NONE,
  approvals: NONE,
  consentViolation: false,
};

/** Whether the whole subject, or every one of the categories, is under a destruction order. */
export function isDestroyed(state: SubjectState, categories?: readonly string[]): boolean {
  const { destroyed } = state;
  if (destroyed === 'all') return true;
  if (categories === undefined || categories.length === 0) return false;
  return categories.every((category) => destroyed.has(category));
}

/** A cover of the categories, of everything when absent. */
export function coverOf(categories: readonly string[] | undefined, reasonCode?: string): Cover {
  return {
    categories: categories === undefined ? undefined : new Set(categories),
    except: NONE,
    ...(reasonCode === undefined ? {} : { reasonCode }),
  };
}

/** Whether a cover reaches any of the categories; absent categories mean everything of the subject. */
export function covers(cover: Cover, categories: readonly string[] | undefined): boolean {
  if (categories === undefined) return true;
  return categories.some((category) =>
    cover.categories === undefined ? !cover.except.has(category) : cover.categories.has(category),
  );
}

/** The covers that remain after a release of the categories (all when absent). */
export function release(
  all: readonly Cover[],
  categories: readonly string[] | undefined,
): readonly Cover[] {
  if (categories === undefined) return [];
  return all.flatMap((cover): Cover[] => {
    if (cover.categories === undefined) {
      return [{ ...cover, except: new Set([...cover.except, ...categories]) }];
    }
    const left = new Set(
      [...cover.categories].filter((category) => !categories.includes(category)),
    );
    return left.size === 0 ? [] : [{ ...cover, categories: left }];
  });
}

/** Whether a consent covers the moment: given before it, not ended, within its term and before its purpose ended. */
export function isLive(consent: Consent, at: number): boolean {
  return consent.state === 'given' && consent.givenAt <= at && at < consent.validUntil;
}
