import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { HANDLERS } from './handlers.js';
import { Ledger } from '../ledger.js';

/** The application core around an opened ledger: command line and HTTP use the same handlers. */
@Module({})
export class LedgerModule {
  /** The module of one opened ledger. */
  static around(ledger: Ledger): DynamicModule {
    return {
      module: LedgerModule,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: Ledger, useValue: ledger }, ...HANDLERS],
      exports: [CqrsModule, Ledger],
    };
  }
}
