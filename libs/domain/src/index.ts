export { CalendarError } from './calendar/calendar-error.js';
export { dueDate, isWorkingDay, type DueDate } from './calendar/due-date.js';
export { checkIdentifier, normaliseIdentifier } from './identifier/identifier.js';
export { checkBin, checkIin } from './identifier/kz-number.js';
export { checkRuInn, checkSnils } from './identifier/ru-number.js';
export {
  IDENTIFIER_FAULTS,
  IDENTIFIER_SCHEMES,
  type IdentifierFault,
  type IdentifierScheme,
} from './identifier/scheme.js';
export type {
  BasisRow,
  ConsentFieldRow,
  DefinitionRow,
  DutyRow,
  InForce,
  Law,
  Regime,
  RegimeRow,
  RetentionRow,
  SourceStatus,
  UnreadChange,
} from './law/law.js';
export { basisOf, indexLaw, regimeAt, type LawIndex } from './law/regime.js';
export { LAW } from './law/rows/law-94-v.js';
export { OPERATION_TERMS } from './law/rows/operation-terms.js';
