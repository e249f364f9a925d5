export {
  TOKEN_AUDIENCE,
  TOKEN_ROLES,
  issueToken,
  localIssuer,
  openTokenKey,
  type IssuedToken,
  type IssuerPlace,
  type TokenClaims,
} from './access/local-issuer.js';
export {
  DestroySubject,
  ReadData,
  RebuildViews,
  ResolveReference,
  RotateKeys,
  ShowHistory,
  Submit,
  SubmitBatch,
  type Speaker,
} from './bus/messages.js';
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
} from './bus/service-messages.js';
export type { Registration } from './commands/register-at.js';
export { serviceSource, type SubjectSubmission } from './commands/submit-on.js';
export type { TrailPage } from './queries/history.js';
export type { LookupAnswer } from './queries/look-up.js';
export type { PolicyAnswer, PolicySummary } from './queries/policies.js';
export type { Readiness, ReadinessLimits } from './queries/readiness.js';
export type { CommittingStore, RecordingObserver } from './recording/recording-observer.js';
export { ViewFollower } from './views/view-follower.js';
export { Clock, SystemClock } from './clock.js';
export { activatePolicy, publishPolicy, type ActivatePolicy } from './commands/govern.js';
export type { Answer } from './commands/answer.js';
export type { Certificate } from './commands/certificate.js';
export { diagnose, type Check } from './diagnosis/diagnose.js';
export { readPolicy, shippedPolicies } from './governance/shipped-policies.js';
export { Governance, policyStream, publishedHashOf } from './governance/governance.js';
export { importLines, type FailedLine, type ImportSummary } from './importing/import-lines.js';
export { ImportProgress } from './importing/progress-file.js';
export { decodeRecorded } from './decode-recorded.js';
export { Ledger } from './ledger.js';
export { LedgerError, type LedgerErrorCode } from './ledger-error.js';
export { passphraseIn } from './stores/passphrase.js';
export { readLog } from './stores/open-log.js';
export { LedgerModule } from './ledger.module.js';
export type { DataAnswer } from './queries/read-data.js';
export { replay, replayDigest, type Replayed } from './queries/replay.js';
export { readIdentity } from './stores/identity.js';
export { initLedger, type Initialised } from './stores/init-ledger.js';
export { ledgerFiles, type LedgerFiles } from './stores/ledger-files.js';
export { openLedger } from './stores/open-ledger.js';
export { migrateLedger } from './migration/migrate-ledger.js';
export type { MigrateOptions, Migration, MigrationProgress } from './migration/migration.js';
export type { Fault } from './verification/fault.js';
export { verifyLedger, type Verification } from './verification/verify-ledger.js';
export { VIEWS } from './views/views.js';
export { destroySubject } from './commands/destroy.js';
export { rebuild } from './commands/rebuild.js';
export { rotateKeys } from './commands/rotate-keys.js';
export { submit, submitAll, type Submitted } from './commands/submit.js';
export { showConsents, showDisclosures, showTrail } from './queries/history.js';
export { readData } from './queries/read-data.js';
