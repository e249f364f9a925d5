import { CloudEvent } from '#ledger/intake';
import { ConsentRequest, WithdrawalRequest } from '../consents/consent.request.dto.js';
import { EventsRequest } from '../events/event.request.dto.js';
import {
  HistoryRequest,
  OperatorTrailRequest,
  TrailRequest,
} from '../history/history.request.dto.js';
import { LookupRequest } from '../lookups/lookup.request.dto.js';
import { OperationRequest } from '../operations/operation.request.dto.js';
import { PolicyRequest } from '../policies/policy.request.dto.js';
import { BindingRequest, RecipientRequest } from '../recipients/recipient.request.dto.js';
import { DataRequest } from '../subject-data/data.request.dto.js';
import { SubjectRequest } from '../subjects/subject.request.dto.js';

/** Class of a route's body, by the role table's name of the route. */
export const BODIES: Readonly<Record<string, NewableFunction>> = {
  'subjects-register': SubjectRequest,
  operations: OperationRequest,
  'consents-record': ConsentRequest,
  'consents-withdraw': WithdrawalRequest,
  events: CloudEvent,
  lookups: LookupRequest,
  'recipients-register': RecipientRequest,
  'recipients-bind': BindingRequest,
};

/** Class of a route's query. */
export const QUERIES: Readonly<Record<string, NewableFunction>> = {
  data: DataRequest,
  consents: HistoryRequest,
  'audit-trail': TrailRequest,
  disclosures: HistoryRequest,
  'operator-trail': OperatorTrailRequest,
  policy: PolicyRequest,
  events: EventsRequest,
};

/** Routes whose bodies may be absent: no field of theirs is required. */
export const BODY_OPTIONAL: ReadonlySet<string> = new Set(['consents-withdraw', 'recipients-bind']);

/** Routes that take no `Idempotency-Key`: a lookup is recorded again, events carry ids of their own. */
export const WITHOUT_KEY: ReadonlySet<string> = new Set(['lookups', 'events']);
