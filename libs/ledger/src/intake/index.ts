export type { IntakeErrorCode, IntakeFault } from './intake-error.js';
export { linesOf, type Line } from './lines.js';
export { parseEvent, parseLine, type ParsedLine } from './parse-line.js';
