import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Ledger } from '#ledger';
import { LedgerModule } from '#ledger/bus';

/** What commands and queries of the core are sent through. */
export interface Buses {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
}

/** The buses of an opened ledger. */
export async function busesOf(ledger: Ledger): Promise<Buses> {
  const context = await NestFactory.createApplicationContext(LedgerModule.around(ledger), {
    logger: false,
    abortOnError: false,
  });
  return { commands: context.get(CommandBus), queries: context.get(QueryBus) };
}
