export {
  IdentifierBody,
  OperationBody,
  RegisterRecipientBody,
  RegisterSubjectBody,
} from './body.dto.js';
export { checkBody } from './check-body.js';
export { nestedTypeOf, quickCheck, rulesOf, type Rule } from './checker.js';
export { CODE, CloudEvent, SHA256 } from './cloud-event.dto.js';
export { ConsentBody } from './consent.dto.js';
export type { IntakeErrorCode, IntakeFault } from './intake-error.js';
export { linesOf, type Line } from './lines.js';
export { parseCommand, parseEvent, parseLine, type ParsedLine } from './parse-line.js';
export { LIMITS, parseStrictJson, type JsonFault } from './strict-json.js';
export { INSTANT, instantOf, isCalendarDay } from '../instant.js';
