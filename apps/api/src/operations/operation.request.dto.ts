import { IsIn, IsOptional, Matches } from 'class-validator';
import { INSTANT, OperationBody } from '#ledger/intake';

/** An operation of clause 2.4 on a person's data. */
export class OperationRequest extends OperationBody {
  /** One of the sixteen, as `contract.md` §1 names them. */
  @Matches(/^[a-z][a-z-]{0,39}$/)
  operation!: string;

  /** `enforce`: asked before the act; `record`: reported after it (needs a token that allows it). */
  @IsOptional()
  @IsIn(['enforce', 'record'])
  mode?: 'enforce' | 'record';

  /** When it happened by the caller's word; absent: now. */
  @IsOptional()
  @Matches(INSTANT)
  occurredAt?: string;
}
