import { IsIn, IsOptional } from 'class-validator';

/** How events are judged. */
export class EventsRequest {
  /** `enforce`: asked before the act; `record`: reported after it (needs a token that allows it). */
  @IsOptional()
  @IsIn(['enforce', 'record'])
  mode?: 'enforce' | 'record';
}
