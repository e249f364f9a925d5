import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';

/** Code of a category or purpose; whether it exists is the gate's question. */
export const CODE = /^[a-z]+:[a-z0-9.-]{1,40}$/;
/** Hex SHA-256. */
export const SHA256 = /^[0-9a-f]{64}$/;
/** ISO 8601 with offset. */
export const INSTANT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The envelope of a CloudEvent 1.0 in structured mode (contract §3). */
export class CloudEvent {
  @IsIn(['1.0'])
  specversion!: string;

  @IsString()
  @Length(1, 256)
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
