import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PDL_PORT'] ?? '3000' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(Number(values.port), values.host);
process.stdout.write(`${JSON.stringify({ listening: await app.getUrl() })}\n`);
process.once('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
