import { IsIn, IsOptional, Matches } from 'class-validator';
import { OPERATIONS } from '#domain';
import { INSTANT } from '#ledger/intake';
import { MOMENT, POSITION } from '../http/moment.js';

/** Which moment of a history. */
export class HistoryRequest {
  /** A time or a position: as the ledger knew it then. */
  @IsOptional()
  @Matches(MOMENT)
  asOf?: string;

  /** Position that the answer must have seen; absent: the log's end when the request came. */
  @IsOptional()
  @Matches(POSITION)
  minPosition?: string;
}

/** Which part of a trail. */
export class TrailRequest extends HistoryRequest {
  /** Recorded at or after. */
  @IsOptional()
  @Matches(INSTANT)
  from?: string;

  /** Recorded at or before. */
  @IsOptional()
  @Matches(INSTANT)
  to?: string;

  @IsOptional()
  @IsIn(OPERATIONS)
  operation?: string;

  /** `next` of the page before. */
  @IsOptional()
  @Matches(POSITION)
  after?: string;

  /** Entries of a page: 100 if absent, at most 1,000. */
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/)
  limit?: string;
}

/** Which part of the trail across subjects. */
export class OperatorTrailRequest extends TrailRequest {
  /** For a token of all operators: which one. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,30}$/)
  operator?: string;
}
