export { viewContract, type ViewsUnderTest } from './view-contract.js';
