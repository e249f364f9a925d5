import type { TrailPage } from '#ledger';
import { given } from '../http/given.js';
import type { TrailRequest } from './history.request.dto.js';

/** The part of a trail that a query asks for. */
export function pageOf({ limit, ...query }: TrailRequest): TrailPage {
  const { asOf, minPosition, from, to, operation, after } = query;
  const size = limit === undefined ? undefined : Number(limit);
  return given({ asOf, minPosition, from, to, operation, after, limit: size });
}
