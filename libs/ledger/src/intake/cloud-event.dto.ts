import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { INSTANT } from '../instant.js';

/** Code of a category or purpose; whether it exists is the gate's question. */
export const CODE = /^[a-z]+:[a-z0-9.-]{1,40}$/;
/** Hex SHA-256. */
export const SHA256 = /^[0-9a-f]{64}$/;

/** Characters of an emitter's id. */
export const LONGEST_ID = 256;

/** The envelope of a CloudEvent 1.0 in structured mode (contract §3). */
export class CloudEvent {
  @IsIn(['1.0'])
  specversion!: string;

  @IsString()
  @Length(1, LONGEST_ID)
  id!: string;

  @IsString()
  @Length(1, 256)
  source!: string;

  @IsString()
  @Matches(/^kz\.pdl\.[a-z]+(\.[a-z-]{1,40})?\.[a-z-]{1,40}\.v1$/)
  type!: string;

  @IsString()
  @Length(1, 256)
  subject!: string;

  @IsOptional()
  @Matches(INSTANT)
  time?: string;

  @IsOptional()
  @IsIn(['application/json'])
  datacontenttype?: string;

  @IsObject()
  data!: object;
}
