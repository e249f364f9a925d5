export {
  ViewStore,
  type Cell,
  type Row,
  type Selection,
  type ViewDefinition,
  type ViewRow,
} from './view.js';
