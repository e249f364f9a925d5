export { LedgerModule } from './ledger.module.js';
export {
  DestroySubject,
  ReadData,
  ResolveReference,
  ShowHistory,
  Submit,
  SubmitBatch,
  type Speaker,
} from './messages.js';
export {
  BindRecipient,
  LookUp,
  OperatorOfRecipient,
  OperatorOfSubject,
  RefuseAccess,
  Register,
  ShowOperatorTrail,
  ShowPolicies,
  ShowPolicy,
  ShowReadiness,
  SubmitOn,
  WithdrawOn,
} from './service-messages.js';
