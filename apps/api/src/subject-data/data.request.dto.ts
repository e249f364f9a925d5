import { IsOptional, Matches } from 'class-validator';
import { CODE } from '#ledger/intake';
import { MOMENT, POSITION } from '../http/moment.js';

/** Which values, what for. */
export class DataRequest {
  /** Purpose of the read: values leave only under one. */
  @Matches(CODE)
  purpose!: string;

  /** Category codes, separated by commas; absent: all that are held. */
  @IsOptional()
  @Matches(/^[a-z]+:[a-z0-9.-]{1,40}(,[a-z]+:[a-z0-9.-]{1,40}){0,99}$/)
  categories?: string;

  /** A time or a position: the values as they were then. Whether they may be read is judged today. */
  @IsOptional()
  @Matches(MOMENT)
  asOf?: string;

  /** Position that the ledger must have come to. */
  @IsOptional()
  @Matches(POSITION)
  minPosition?: string;
}
