import { IsIn, IsString, Length, Matches } from 'class-validator';
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '#domain';
import { CODE } from '#ledger/intake';

/** An identifier, and what for its bearer is looked for. */
export class LookupRequest {
  @IsIn(IDENTIFIER_SCHEMES)
  scheme!: IdentifierScheme;

  @IsString()
  @Length(1, 256)
  value!: string;

  @Matches(CODE)
  purpose!: string;
}
