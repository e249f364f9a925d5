import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** The HTTP service; so far it only says that it lives. */
@Module({ controllers: [HealthController] })
export class AppModule {}
