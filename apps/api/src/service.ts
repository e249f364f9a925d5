import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { ViewFollower, type Ledger } from '#ledger';
import { Gatekeeper } from './access/gatekeeper.js';
import { OpenIdProvider } from './access/openid-provider.js';
import { assertTableComplete } from './access/role-table.js';
import { TokenVerifier } from './access/token-verifier.js';
import { AppModule } from './app.module.js';
import { describeApi } from './docs/api-description.js';
import { ApiDocument } from './docs/docs.controller.js';
import type { ServiceConfig } from './config/settings.js';
import { BodyDeadline } from './http/body-deadline.js';
import { registerBodyParsers } from './http/body-parsers.js';
import { registerHooks } from './http/hooks.js';
import { LIMITS } from './http/limits.js';
import { kindOf, type LogSink } from './http/log.js';
import { RateLimit } from './http/rate-limit.js';
import { serverOptions } from './http/server-options.js';
import { MACHINE_STOPWATCH, type Stopwatch } from './http/stopwatch.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import { traceCommands } from './tracing/command-spans.js';
import { traceRequests } from './tracing/request-spans.js';

/** What a service is made around; the ledger stays its opener's to close. */
export interface ServiceOptions {
  readonly ledger: Ledger;
  readonly config: ServiceConfig;
  readonly log: LogSink;
  readonly stopwatch?: Stopwatch;
}

/** A service that is ready to listen. */
export class Service {
  constructor(
    readonly app: NestFastifyApplication,
    readonly fastify: FastifyInstance,
    private readonly following: ViewFollower,
  ) {}

  /** Takes connections; the address it took. */
  async listen({ host, port, connections }: ServiceConfig): Promise<string> {
    await this.app.listen(port, host);
    this.fastify.server.maxConnections = connections;
    this.following.start();
    const address = this.fastify.server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : port;
    return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  }

  /** Closes idle connections at once, lets what is in flight end, and cuts off what does not end in time. */
  async stop(): Promise<void> {
    const cut = setTimeout(() => this.fastify.server.closeAllConnections(), LIMITS.stopMs);
    try {
      await this.app.close();
    } finally {
      clearTimeout(cut);
      await this.following.stop();
    }
  }
}

/** Makes a service. @throws {Error} when a route is missing from the role table. */
export async function makeService(options: ServiceOptions): Promise<Service> {
  const { ledger, config, log, stopwatch = MACHINE_STOPWATCH } = options;
  const metrics = new ServiceMetrics(ledger, stopwatch);
  const adapter = new FastifyAdapter(serverOptions(config.logLevel, log));
  const description: ApiDocument = new ApiDocument(() => describeApi(app));
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
    AppModule.around({ ledger, config, metrics, description }),
    adapter,
    { logger: false, abortOnError: false, bodyParser: false },
  );
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes: string[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push(`${each} ${url}`);
  });
  traceRequests(fastify);
  traceCommands(app.get(CommandBus));
  registerBodyParsers(fastify);
  registerAround(fastify, app, options);
  metrics.register(fastify);
  await app.init();
  assertTableComplete(routes);
  await fastify.ready();
  const following = new ViewFollower(ledger, LIMITS.viewsMs, (happened, error) =>
    fastify.log.error({ happened, error: kindOf(error) }),
  );
  return new Service(app, fastify, following);
}

function registerAround(
  fastify: FastifyInstance,
  app: NestFastifyApplication,
  { ledger, config, stopwatch = MACHINE_STOPWATCH }: ServiceOptions,
): void {
  const { localIssuer, issuer, audience, requestsPerSecond } = config;
  const provider = issuer === null ? {} : { provider: new OpenIdProvider(issuer) };
  const verifier = new TokenVerifier(ledger, { local: localIssuer, audience, ...provider });
  const gatekeeper = new Gatekeeper(ledger, app.get(CommandBus), app.get(QueryBus), verifier);
  const rates = new RateLimit(requestsPerSecond, stopwatch);
  registerHooks(fastify, { gatekeeper, rates, stopwatch });
  new BodyDeadline(stopwatch).register(fastify);
}
