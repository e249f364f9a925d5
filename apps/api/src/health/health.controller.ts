import { Controller, Get, Inject, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { ShowReadiness } from '#ledger/bus';
import { CONFIG } from '../config/settings.js';
import type { ServiceConfig } from '../config/settings.js';
import { READINESS_STATUS } from '../problems/status-table.js';
import { LiveAnswer, ReadyAnswer } from './health.answer.dto.js';

/** Whether the process lives, and whether it can do its work. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** Says that the process lives. */
  @Get('live')
  live(): LiveAnswer {
    return { status: 'ok' };
  }

  /** Looks at log, vault, views and disk. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyAnswer> {
    const { diskReserveBytes, viewLag } = this.config;
    const limits = { diskReserveBytes, viewLag };
    const { isReady, ...checks } = await this.queries.execute(new ShowReadiness(limits));
    void reply.code(READINESS_STATUS[isReady ? 'ready' : 'not ready']);
    return { status: isReady ? 'ready' : 'not ready', ...checks };
  }
}
