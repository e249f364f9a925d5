export { importLines, type FailedLine, type ImportSummary } from './import-lines.js';
export { ImportProgress } from './progress-file.js';
