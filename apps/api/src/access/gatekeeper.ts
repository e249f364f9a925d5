import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { isUuid } from '#domain';
import { Ledger } from '#ledger';
import { OperatorOfRecipient, OperatorOfSubject, RefuseAccess } from '#ledger/bus';
import { Problem } from '../problems/problem.js';
import type { Bearer, Caller } from './caller.js';
import type { Rule } from './role-table.js';
import type { TokenVerifier } from './token-verifier.js';

/** Lets in whom the role table names; a refusal of access is an event before it is an answer (contract §4). */
export class Gatekeeper {
  constructor(
    private readonly ledger: Ledger,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly verifier: TokenVerifier,
  ) {}

  /** @throws {Problem} UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, UNAVAILABLE. */
  async admit(rule: Rule, authorization: string | undefined, id: string): Promise<Caller> {
    const bearer = await this.verifier.verify(authorization);
    if (rule.roles === 'public' || !rule.roles.includes(bearer.role)) {
      return this.#refuse(rule, bearer, id);
    }
    if (rule.object === undefined) return { bearer, operator: bearer.operator, route: rule.name };
    return { bearer, operator: await this.#ownerFor(rule, bearer, id), route: rule.name };
  }

  async #ownerFor(rule: Rule, bearer: Bearer, id: string): Promise<string> {
    // Whether somebody else's id exists is not said to a person.
    if (bearer.role === 'subject' && bearer.subject !== id) return this.#refuse(rule, bearer, id);
    const owner = await this.#owner(rule, id);
    if (owner === undefined) throw new Problem('NOT_FOUND');
    if ((bearer.operator ?? owner) === owner) return owner;
    await this.#record(rule.name, bearer, bearer.operator, subjectIn(rule, id));
    throw new Problem('NOT_FOUND');
  }

  async #refuse(rule: Rule, bearer: Bearer, id: string): Promise<never> {
    const owner = await this.#owner(rule, id);
    // An id that the ledger did not make is the caller's text: it stays out of the event.
    const subject = owner === undefined ? undefined : subjectIn(rule, id);
    await this.#record(rule.name, bearer, bearer.operator ?? owner, subject);
    throw new Problem('FORBIDDEN');
  }

  async #owner({ object }: Rule, id: string): Promise<string | undefined> {
    if (object === undefined || !isUuid(id)) return undefined;
    return object === 'subject'
      ? this.queries.execute(new OperatorOfSubject(id))
      : this.queries.execute(new OperatorOfRecipient(id));
  }

  async #record(
    route: string,
    { actor, role }: Bearer,
    operator: string | undefined,
    subject?: string,
  ): Promise<void> {
    // A token for all operators that names nobody's object concerns them all.
    const all = this.ledger.parts.governance.operators();
    const operators = operator === undefined ? all : [operator];
    await this.commands.execute(new RefuseAccess(operators, { name: actor, role }, route, subject));
  }
}

function subjectIn({ object }: Rule, id: string): string | undefined {
  return object === 'subject' ? id : undefined;
}
