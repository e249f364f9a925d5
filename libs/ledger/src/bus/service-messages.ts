import { Command, Query } from '@nestjs/cqrs';
import type { IdentifierScheme, Mode } from '#domain';
import type { Answer } from '../commands/answer.js';
import type { Binding } from '../commands/bind-recipient.js';
import type { Registration } from '../commands/register-at.js';
import type { SubjectSubmission, WithdrawalAnswer } from '../commands/submit-on.js';
import type { OperatorTrailQuery, TrailAnswer } from '../queries/history.js';
import type { LookupAnswer } from '../queries/look-up.js';
import type { PolicyAnswer, PolicySummary } from '../queries/policies.js';
import type { Readiness, ReadinessLimits } from '../queries/readiness.js';
import type { Speaker } from './messages.js';

/** One command on a subject that its caller knows by the ledger's own id. */
export class SubmitOn extends Command<Answer> {
  constructor(
    readonly submission: SubjectSubmission,
    readonly speaker: Speaker,
    readonly mode: Mode,
  ) {
    super();
  }
}

/** A registration without a reference of the caller's own. */
export class Register extends Command<Answer> {
  constructor(
    readonly registration: Registration,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** A withdrawal of one consent; answers with the decision on it. */
export class WithdrawOn extends Command<WithdrawalAnswer> {
  constructor(
    readonly submission: SubjectSubmission,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** A contract with a registered recipient. */
export class BindRecipient extends Command<Answer> {
  constructor(
    readonly binding: Binding,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** Who is registered under an identifier; recorded before it is answered. */
export class LookUp extends Command<LookupAnswer> {
  constructor(
    readonly operator: string,
    readonly identifier: { readonly scheme: IdentifierScheme; readonly value: string },
    readonly purpose: string,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** Somebody asked for what their token does not allow: recorded for each operator it concerns. */
export class RefuseAccess extends Command<void> {
  constructor(
    readonly operators: readonly string[],
    readonly speaker: Speaker,
    readonly route: string,
    readonly subject?: string,
  ) {
    super();
  }
}

/** The audit trail across all subjects of an operator. */
export class ShowOperatorTrail extends Query<TrailAnswer> {
  constructor(
    readonly query: OperatorTrailQuery,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** Published policy versions, of one operator or of all. */
export class ShowPolicies extends Query<{ readonly policies: readonly PolicySummary[] }> {
  constructor(readonly operator?: string) {
    super();
  }
}

/** One policy in full. */
export class ShowPolicy extends Query<PolicyAnswer> {
  constructor(
    readonly id: string,
    readonly asked: { readonly operator?: string; readonly version?: string },
  ) {
    super();
  }
}

/** Under which operator a subject is registered; undefined when nobody is. */
export class OperatorOfSubject extends Query<string | undefined> {
  constructor(readonly subject: string) {
    super();
  }
}

/** Under which operator a recipient is registered; undefined when none is. */
export class OperatorOfRecipient extends Query<string | undefined> {
  constructor(readonly recipient: string) {
    super();
  }
}

/** Whether the ledger can record and be read from now. */
export class ShowReadiness extends Query<Readiness> {
  constructor(readonly limits: ReadinessLimits) {
    super();
  }
}
