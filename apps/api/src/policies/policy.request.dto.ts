import { IsOptional, Matches } from 'class-validator';

/** Which version of a policy. */
export class PolicyRequest {
  /** Absent: the one in force. */
  @IsOptional()
  @Matches(/^[0-9][0-9A-Za-z.-]{0,30}$/)
  version?: string;
}
