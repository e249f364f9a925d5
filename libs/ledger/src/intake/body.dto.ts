import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { nests } from './checker.js';
import { CODE, SHA256 } from './cloud-event.dto.js';
import { INSTANT } from '../instant.js';

const OPERATOR = /^[a-z][a-z0-9-]{0,30}$/;
const SCHEMES = ['KZ-IIN', 'KZ-BIN', 'RU-INN', 'RU-SNILS', 'PASSPORT', 'EMAIL', 'PHONE'];
const TEXT = 4096;

/** An identifier given at registration. */
export class IdentifierBody {
  @IsIn(SCHEMES)
  scheme!: string;

  @IsString()
  @Length(1, 256)
  value!: string;
}

/** `kz.pdl.subject.registered.v1` */
export class RegisterSubjectBody {
  @Matches(OPERATOR)
  operator!: string;

  @Matches(/^[a-z][a-z0-9-]{0,40}$/)
  kind!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(16)
  @ValidateNested({ each: true })
  @Type(() => IdentifierBody)
  identifiers?: IdentifierBody[];
}

/** `kz.pdl.recipient.registered.v1` */
export class RegisterRecipientBody {
  @Matches(OPERATOR)
  operator!: string;

  @IsString()
  @Length(1, TEXT)
  name!: string;

  @IsIn([
    'akjet:7.5',
    'akjet:7.7.1',
    'akjet:7.7.2',
    'akjet:7.8',
    'quicklid:7.1.1',
    'quicklid:7.1.2',
    'quicklid:7.1.3',
    'quicklid:7.1.4',
    'quicklid:7.1.5',
  ])
  class!: string;

  @Matches(/^[A-Z]{2}$/)
  country!: string;

  @IsOptional()
  @Matches(SHA256)
  contractSha256?: string;
}

/** The basis of an operation. */
export class BasisBody {
  @IsString()
  @Length(1, 40)
  code!: string;

  @IsOptional()
  @IsString()
  @Length(1, 256)
  ref?: string;

  @IsOptional()
  @IsString()
  @Length(1, 64)
  cite?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  label?: string;
}

/** Where data come from. */
export class DataSourceBody {
  @IsIn(['subject', 'third-party', 'public', 'operator'])
  kind!: 'subject' | 'third-party' | 'public' | 'operator';

  @IsOptional()
  @Allow()
  evidence?: unknown;
}

/** `kz.pdl.operation.<operation>.v1` */
export class OperationBody {
  @IsOptional()
  @Matches(CODE)
  purpose?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BasisBody)
  basis?: BasisBody;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(CODE, { each: true })
  categories?: string[];

  @IsOptional()
  @IsObject()
  data?: Record<string, string>;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DataSourceBody)
  dataSource?: DataSourceBody;

  @IsOptional()
  @Allow()
  recipient?: string | string[];

  @IsOptional()
  @Matches(/^[A-Z]{2}$/)
  country?: string;

  @IsOptional()
  @IsIn(['automated', 'manual'])
  medium?: 'automated' | 'manual';

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  channel?: string;

  @IsOptional()
  @IsIn(['pseudonymous', 'anonymous'])
  strength?: 'pseudonymous' | 'anonymous';

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  method?: string;

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  reason?: string;

  @IsOptional()
  @IsIn([
    'violation-reported',
    'violation-not-confirmed',
    'withdrawal',
    'purpose-ended',
    'destruction-ordered',
  ])
  reasonCode?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  ground?: string;

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  act?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(16)
  @IsString({ each: true })
  approvedBy?: string[];

  @IsOptional()
  @Allow()
  evidence?: unknown;

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  reference?: string;

  @IsOptional()
  @IsString()
  @Length(1, TEXT)
  grounds?: string;
}

/** `kz.pdl.contract.started|ended.v1` */
export class ContractBody {
  @IsString()
  @Length(1, 256)
  contract!: string;
}

/** `kz.pdl.purpose.achieved.v1` */
export class PurposeBody {
  @Matches(CODE)
  purpose!: string;
}

/** `kz.pdl.hold.placed|released.v1` */
export class HoldBody {
  @IsString()
  @Length(1, TEXT)
  reason!: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(CODE, { each: true })
  categories?: string[];
}

/** `kz.pdl.request.received.v1` */
export class RequestBody {
  @IsIn([
    'information',
    'clarification',
    'blocking',
    'destruction',
    'withdrawal',
    'objection',
    'complaint',
  ])
  kind!:
    | 'information'
    | 'clarification'
    | 'blocking'
    | 'destruction'
    | 'withdrawal'
    | 'objection'
    | 'complaint';

  @IsString()
  @Length(1, TEXT)
  channel!: string;

  @IsOptional()
  @Matches(INSTANT)
  receivedAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 65_536)
  details?: string;
}

nests(RegisterSubjectBody, { identifiers: IdentifierBody });
nests(OperationBody, { basis: BasisBody, dataSource: DataSourceBody });
