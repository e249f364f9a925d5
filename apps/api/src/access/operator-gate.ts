import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Mode } from '#domain';
import { Ledger } from '#ledger';
import { RefuseAccess } from '#ledger/bus';
import { Problem, invalidRequest } from '../problems/problem.js';
import { speakerOf, type Caller } from './caller.js';

/** What only the request's content tells: whose operator it names, and which mode. */
@Injectable()
export class OperatorGate {
  constructor(
    private readonly ledger: Ledger,
    private readonly commands: CommandBus,
  ) {}

  /** @throws {Problem} FORBIDDEN, recorded, when the token is another operator's. */
  async assertOwn(caller: Caller, operator: string): Promise<void> {
    if (this.isAnothers(caller, operator)) await this.refuse(caller);
  }

  /** Whether it is an operator that the token does not speak for; one that nobody knows is a wrong field (contract §3). */
  isAnothers({ bearer }: Caller, operator: string): boolean {
    if ((bearer.operator ?? operator) === operator) return false;
    return this.ledger.parts.governance.isOperator(operator);
  }

  /** @throws {Problem} FORBIDDEN, recorded, when the token does not allow reports after the act (design §5). */
  async assertMode(caller: Caller, mode: Mode): Promise<void> {
    if (mode === 'record' && !caller.bearer.modes.includes(mode)) await this.refuse(caller);
  }

  /** The operator that is asked about: the token's, or the one that a token for all operators names. */
  async operatorOf(caller: Caller, named: string | undefined): Promise<string> {
    const operator = named ?? caller.operator;
    if (operator === undefined) {
      throw invalidRequest('operator', 'must name the operator: the token is for all of them');
    }
    await this.assertOwn(caller, operator);
    if (this.ledger.parts.governance.isOperator(operator)) return operator;
    throw new Problem('NOT_FOUND');
  }

  private async refuse(caller: Caller): Promise<never> {
    await this.recordRefusal(caller);
    throw new Problem('FORBIDDEN');
  }

  /** Records that the token did not allow something that was asked for. */
  async recordRefusal(caller: Caller): Promise<void> {
    const { bearer, operator = bearer.operator, route } = caller;
    const all = this.ledger.parts.governance.operators();
    const concerned = operator === undefined ? all : [operator];
    await this.commands.execute(new RefuseAccess(concerned, speakerOf(caller), route));
  }
}
