import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ShowPolicies, ShowPolicy } from '#ledger/bus';
import type { Caller } from '../access/caller.js';
import { Asking } from '../http/caller.decorator.js';
import { given } from '../http/given.js';
import { PoliciesAnswer, PolicyAnswer } from './policy.answer.dto.js';
import { PolicyRequest } from './policy.request.dto.js';

/** Published policies. */
@Controller('v1/policies')
export class PoliciesController {
  constructor(private readonly queries: QueryBus) {}

  /** Names the published versions. */
  @Get()
  async list(@Asking() { bearer }: Caller): Promise<PoliciesAnswer> {
    const { policies } = await this.queries.execute(new ShowPolicies(bearer.operator));
    return { policies: [...policies] };
  }

  /** Shows one version with its purposes, categories, clauses and rulings. */
  @Get(':id')
  async show(
    @Asking() { bearer }: Caller,
    @Param('id') id: string,
    @Query() { version }: PolicyRequest,
  ): Promise<PolicyAnswer> {
    const asked = given({ operator: bearer.operator, version });
    const { rulings, table, ...policy } = await this.queries.execute(new ShowPolicy(id, asked));
    return { ...policy, rulings: [...rulings], table: [...table] };
  }
}
