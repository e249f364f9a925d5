import { IsOptional, Matches } from 'class-validator';
import { INSTANT, RegisterSubjectBody } from '#ledger/intake';

/** A person to register under an operator. */
export class SubjectRequest extends RegisterSubjectBody {
  /** When it happened by the caller's word; absent: now. */
  @IsOptional()
  @Matches(INSTANT)
  occurredAt?: string;
}
