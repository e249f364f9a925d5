import { IsOptional, Matches } from 'class-validator';
import { INSTANT, RegisterRecipientBody, SHA256 } from '#ledger/intake';

/** A recipient to register; with `contractSha256` it is bound too. */
export class RecipientRequest extends RegisterRecipientBody {
  /** When it happened by the caller's word; absent: now. */
  @IsOptional()
  @Matches(INSTANT)
  occurredAt?: string;
}

/** The contract that binds a recipient. */
export class BindingRequest {
  /** Hash of the contract's text: kept sealed. */
  @IsOptional()
  @Matches(SHA256)
  contractSha256?: string;
}
