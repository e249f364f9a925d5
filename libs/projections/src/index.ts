export {
  ViewStore,
  type Cell,
  type Row,
  type Selection,
  type ViewDefinition,
  type ViewRow,
} from './view.js';
export { DigestFold, RowDigest } from './digest.js';
export { ViewError, type ViewErrorCode } from './view-error.js';
