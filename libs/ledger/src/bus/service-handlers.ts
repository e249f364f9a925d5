import {
  CommandHandler,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import type { Answer } from '../commands/answer.js';
import { bindRecipient } from '../commands/bind-recipient.js';
import { cutToSecond } from '../commands/context.js';
import { registerAt } from '../commands/register-at.js';
import { submitOn, withdrawOn, type WithdrawalAnswer } from '../commands/submit-on.js';
import { Ledger } from '../ledger.js';
import { showOperatorTrail, type TrailAnswer } from '../queries/history.js';
import { lookUp, type LookupAnswer } from '../queries/look-up.js';
import {
  showPolicies,
  showPolicy,
  type PolicyAnswer,
  type PolicySummary,
} from '../queries/policies.js';
import { readinessOf, type Readiness } from '../queries/readiness.js';
import { recordAccess } from '../recording/access-stream.js';
import {
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

/** Judges and records. */
@CommandHandler(SubmitOn)
export class SubmitOnHandler implements ICommandHandler<SubmitOn> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ submission, speaker, mode }: SubmitOn): Promise<Answer> {
    return submitOn(this.ledger, submission, { ...speaker, mode });
  }
}

/** Registers. */
@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ registration, speaker }: Register): Promise<Answer> {
    return registerAt(this.ledger, registration, { ...speaker, mode: 'enforce' });
  }
}

/** Withdraws. */
@CommandHandler(WithdrawOn)
export class WithdrawOnHandler implements ICommandHandler<WithdrawOn> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ submission, speaker }: WithdrawOn): Promise<WithdrawalAnswer> {
    return withdrawOn(this.ledger, submission, { ...speaker, mode: 'enforce' });
  }
}

/** Binds a recipient. */
@CommandHandler(BindRecipient)
export class BindRecipientHandler implements ICommandHandler<BindRecipient> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ binding, speaker }: BindRecipient): Promise<Answer> {
    const actor = await this.ledger.actor(binding.operator, speaker.name, speaker.role);
    return bindRecipient(this.ledger, binding, actor);
  }
}

/** Records, then answers. */
@CommandHandler(LookUp)
export class LookUpHandler implements ICommandHandler<LookUp> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ operator, identifier, purpose, speaker }: LookUp): Promise<LookupAnswer> {
    const actor = await this.ledger.actor(operator, speaker.name, speaker.role);
    return lookUp(this.ledger, { operator, ...identifier, purpose }, actor);
  }
}

/** Records a refusal of access. */
@CommandHandler(RefuseAccess)
export class RefuseAccessHandler implements ICommandHandler<RefuseAccess> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ operators, speaker, route, subject }: RefuseAccess): Promise<void> {
    const occurredAt = cutToSecond(this.ledger.recorder.now().toISOString());
    for (const operator of operators) {
      const actor = await this.ledger.actor(operator, speaker.name, speaker.role);
      const data = { operator, route, ...(subject === undefined ? {} : { subject }), occurredAt };
      await recordAccess(this.ledger, { type: 'AccessRefused', data }, actor);
    }
  }
}

/** Answers from the views; the asking itself is recorded. */
@QueryHandler(ShowOperatorTrail)
export class ShowOperatorTrailHandler implements IQueryHandler<ShowOperatorTrail> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ query, speaker }: ShowOperatorTrail): Promise<TrailAnswer> {
    const actor = await this.ledger.actor(query.operator, speaker.name, speaker.role);
    return showOperatorTrail(this.ledger, query, actor);
  }
}

/** Lists what is published. */
@QueryHandler(ShowPolicies)
export class ShowPoliciesHandler implements IQueryHandler<ShowPolicies> {
  constructor(private readonly ledger: Ledger) {}

  async execute({
    operator,
  }: ShowPolicies): Promise<{ readonly policies: readonly PolicySummary[] }> {
    return Promise.resolve(showPolicies(this.ledger, operator));
  }
}

/** Shows one policy. */
@QueryHandler(ShowPolicy)
export class ShowPolicyHandler implements IQueryHandler<ShowPolicy> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ id, asked }: ShowPolicy): Promise<PolicyAnswer> {
    return Promise.resolve(showPolicy(this.ledger, id, asked));
  }
}

/** Whose subject it is. */
@QueryHandler(OperatorOfSubject)
export class OperatorOfSubjectHandler implements IQueryHandler<OperatorOfSubject> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ subject }: OperatorOfSubject): Promise<string | undefined> {
    const { state } = await this.ledger.subjects.load(subject);
    return state.registered?.operator;
  }
}

/** Whose recipient it is. */
@QueryHandler(OperatorOfRecipient)
export class OperatorOfRecipientHandler implements IQueryHandler<OperatorOfRecipient> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ recipient }: OperatorOfRecipient): Promise<string | undefined> {
    return (await this.ledger.subjects.recipient(recipient)).state?.operator;
  }
}

/** Looks whether the ledger can do its work. */
@QueryHandler(ShowReadiness)
export class ShowReadinessHandler implements IQueryHandler<ShowReadiness> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ limits }: ShowReadiness): Promise<Readiness> {
    return readinessOf(this.ledger, limits);
  }
}

/** What the service asks of the core beyond what the command line does. */
export const SERVICE_HANDLERS = [
  SubmitOnHandler,
  RegisterHandler,
  WithdrawOnHandler,
  BindRecipientHandler,
  LookUpHandler,
  RefuseAccessHandler,
  ShowOperatorTrailHandler,
  ShowPoliciesHandler,
  ShowPolicyHandler,
  OperatorOfSubjectHandler,
  OperatorOfRecipientHandler,
  ShowReadinessHandler,
];
