import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { nests } from './checker.js';
import { CODE, SHA256 } from './cloud-event.dto.js';
import { INSTANT } from '../instant.js';

/** Evidence of a consent. */
export class ConsentEvidenceBody {
  @IsIn(['otp', 'signature', 'written', 'click', 'document', 'implied'])
  kind!: 'otp' | 'signature' | 'written' | 'click' | 'document' | 'implied';

  @IsOptional()
  @Matches(SHA256)
  textSha256?: string;

  @IsOptional()
  @Matches(SHA256)
  sha256?: string;

  @IsOptional()
  @Matches(/^[a-z]{2}$/)
  language?: string;
}

/** `kz.pdl.consent.given|requested|refused|claimed.v1` */
export class ConsentBody {
  @Matches(CODE)
  purpose!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(CODE, { each: true })
  categories!: string[];

  @IsOptional()
  @Matches(INSTANT)
  validUntil?: string;

  @IsBoolean()
  thirdParties!: boolean;

  @IsBoolean()
  crossBorder!: boolean;

  @IsBoolean()
  publication!: boolean;

  @IsIn(['WRITTEN', 'STATE_SERVICE', 'NONSTATE_SERVICE', 'OTHER_CONFIRMABLE'])
  channel!: 'WRITTEN' | 'STATE_SERVICE' | 'NONSTATE_SERVICE' | 'OTHER_CONFIRMABLE';

  @IsObject()
  @ValidateNested()
  @Type(() => ConsentEvidenceBody)
  evidence!: ConsentEvidenceBody;
}

/** `kz.pdl.consent.withdrawn.v1` */
export class WithdrawalBody {
  @IsOptional()
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  consent?: string;

  @IsOptional()
  @Matches(CODE)
  purpose?: string;
}

nests(ConsentBody, { evidence: ConsentEvidenceBody });
