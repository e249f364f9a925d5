import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { Ledger } from '#ledger';
import { LedgerModule } from '#ledger/bus';
import { OperatorGate } from './access/operator-gate.js';
import { ConsentsController } from './consents/consents.controller.js';
import { DataController } from './subject-data/data.controller.js';
import { ApiDocument, DocsController } from './docs/docs.controller.js';
import { EventsController } from './events/events.controller.js';
import { EventSubmitter } from './events/submit-events.js';
import { HealthController } from './health/health.controller.js';
import { OperatorTrailController } from './history/operator-trail.controller.js';
import { SubjectHistoryController } from './history/subject-history.controller.js';
import { CONFIG, type ServiceConfig } from './config/settings.js';
import { CheckedPipe } from './http/checked.pipe.js';
import { LookupsController } from './lookups/lookups.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import { OperationsController } from './operations/operations.controller.js';
import { PoliciesController } from './policies/policies.controller.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { RecipientsController } from './recipients/recipients.controller.js';
import { SubjectsController } from './subjects/subjects.controller.js';

/** One a resource. */
const CONTROLLERS = [
  SubjectsController,
  OperationsController,
  ConsentsController,
  DataController,
  SubjectHistoryController,
  OperatorTrailController,
  LookupsController,
  RecipientsController,
  PoliciesController,
  EventsController,
  HealthController,
  MetricsController,
  DocsController,
];

/** What the module is made around. */
export interface AppParts {
  readonly ledger: Ledger;
  readonly config: ServiceConfig;
  readonly metrics: ServiceMetrics;
  readonly description: ApiDocument;
}

/** The HTTP service around an opened ledger. */
@Module({})
export class AppModule {
  /** The module of one opened ledger. */
  static around({ ledger, config, metrics, description }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [LedgerModule.around(ledger)],
      controllers: CONTROLLERS,
      providers: [
        OperatorGate,
        EventSubmitter,
        { provide: CONFIG, useValue: config },
        { provide: ServiceMetrics, useValue: metrics },
        { provide: ApiDocument, useValue: description },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: CheckedPipe },
      ],
    };
  }
}
