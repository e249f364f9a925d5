import { IsOptional, Matches } from 'class-validator';
import { ConsentBody, INSTANT } from '#ledger/intake';

/** A consent as it was given. */
export class ConsentRequest extends ConsentBody {
  /** When it happened by the caller's word; absent: now. */
  @IsOptional()
  @Matches(INSTANT)
  occurredAt?: string;
}

/** A withdrawal of the consent that the path names. */
export class WithdrawalRequest {
  /** When it happened by the caller's word; absent: now. */
  @IsOptional()
  @Matches(INSTANT)
  occurredAt?: string;
}
