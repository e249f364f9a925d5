import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';
import { auditTrail } from './audit-trail.js';
import { consents } from './consents.js';
import { currentData } from './current-data.js';
import { disclosures } from './disclosures.js';
import { policyTimeline } from './policy-timeline.js';
import { subjects } from './subjects.js';

/** All views of a ledger (`clauses.md`: P1, P2, P3, P6, P8). */
export const VIEWS: readonly ViewDefinition<LedgerEvent>[] = [
  auditTrail,
  consents,
  currentData,
  disclosures,
  policyTimeline,
  subjects,
];
