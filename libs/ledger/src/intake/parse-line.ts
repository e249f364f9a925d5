import type { ClassConstructor } from 'class-transformer';
import { isUuid, type EmitterCommand, type Json, type Submission } from '#domain';
import { isCalendarDay } from '../instant.js';
import {
  ContractBody,
  HoldBody,
  OperationBody,
  PurposeBody,
  RegisterRecipientBody,
  RegisterSubjectBody,
  RequestBody,
} from './body.dto.js';
import { ConsentBody, WithdrawalBody } from './consent.dto.js';
import { checkBody } from './check-body.js';
import { CODE, CloudEvent, LONGEST_ID } from './cloud-event.dto.js';
import type { IntakeFault } from './intake-error.js';
import { parseStrictJson, type JsonFault } from './strict-json.js';

/** A line as a submission, or its faults; `id` unless it is itself at fault or the line is no object. */
export type ParsedLine =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly id?: string; readonly faults: readonly IntakeFault[] };

/** Reads one CloudEvent (contract §3). Nothing of what the caller wrote is in a fault. */
export function parseLine(bytes: Uint8Array): ParsedLine {
  const json = parseStrictJson(bytes);
  if ('fault' in json) return { ok: false, faults: [jsonFault(json.fault)] };
  return parseEvent(json.value);
}

/** The same for JSON that is parsed already. */
export function parseEvent(value: unknown): ParsedLine {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, faults: [fault('', 'must be a CloudEvent object')] };
  }
  const envelope = checkBody(CloudEvent, value, '');
  if ('faults' in envelope) return { ok: false, ...idIn(value), faults: envelope.faults };
  return parseBody(envelope.body);
}

/** Whatever else is wrong with an envelope, its emitter finds the event by its id. */
function idIn({ id }: { readonly id?: unknown }): { readonly id?: string } {
  return typeof id === 'string' && id.length > 0 && id.length <= LONGEST_ID ? { id } : {};
}

/** A command of the contract by its type and body, without a CloudEvent around it; paths start with `data`. */
export function parseCommand(type: string, data: object, time?: string): Read {
  const impossible = impossibleDates(time, data);
  return impossible.length > 0 ? { faults: impossible } : readCommand(type, data);
}

function parseBody({ id, source, subject, time, type, data }: CloudEvent): ParsedLine {
  const read = parseCommand(type, data, time);
  if ('faults' in read) return { ok: false, id, faults: read.faults };
  const { command } = read;
  const at = time === undefined ? {} : { time };
  return { ok: true, submission: { id, source, reference: subject, command, ...at } };
}

const DATED = ['validUntil', 'receivedAt'] as const;

/** The pattern of an instant admits 31 February; a Date would make it the 2nd of March. */
function impossibleDates(time: string | undefined, data: object): readonly IntakeFault[] {
  const fields = data as Readonly<Partial<Record<(typeof DATED)[number], unknown>>>;
  const faults = DATED.flatMap((name) => dateFault(fields[name], `data.${name}`));
  return [...dateFault(time, 'time'), ...faults];
}

function dateFault(value: unknown, path: string): readonly IntakeFault[] {
  if (typeof value !== 'string' || isCalendarDay(value)) return NO_FAULTS;
  return [fault(path, 'is not a date of the calendar')];
}

const NO_FAULTS: readonly IntakeFault[] = [];
/** A command, or what is wrong with it. */
export type Read =
  { readonly command: EmitterCommand } | { readonly faults: readonly IntakeFault[] };

function readCommand(type: string, data: object): Read {
  const name = type.slice('kz.pdl.'.length, -'.v1'.length);
  const operation = /^operation\.([a-z-]+)$/u.exec(name)?.[1];
  if (operation !== undefined) return readOperation(operation, data);
  const reader = READERS[name];
  return reader === undefined
    ? { faults: [fault('type', 'is not a type of the contract')] }
    : reader(data);
}

const READERS: Readonly<Record<string, (data: object) => Read>> = {
  'subject.registered': reading(RegisterSubjectBody, ({ operator, kind, identifiers = [] }) => ({
    kind: 'register-subject',
    operator,
    subjectKind: kind,
    identifiers,
  })),
  'recipient.registered': reading(RegisterRecipientBody, (body) => ({
    kind: 'register-recipient',
    ...body,
  })),
  'consent.given': consent('given'),
  'consent.requested': consent('requested'),
  'consent.refused': consent('refused'),
  'consent.claimed': consent('claimed'),
  'consent.withdrawn': (data) => {
    const read = reading(WithdrawalBody, (body) => ({ kind: 'withdraw-consent', ...body }))(data);
    if ('faults' in read) return read;
    const { consent: named, purpose } = read.command as { consent?: string; purpose?: string };
    return (named === undefined) === (purpose === undefined)
      ? { faults: [fault('data', 'must name either a consent or a purpose')] }
      : read;
  },
  'contract.started': reading(ContractBody, (body) => ({
    kind: 'note-contract',
    change: 'started',
    ...body,
  })),
  'contract.ended': reading(ContractBody, (body) => ({
    kind: 'note-contract',
    change: 'ended',
    ...body,
  })),
  'purpose.achieved': reading(PurposeBody, (body) => ({ kind: 'achieve-purpose', ...body })),
  'hold.placed': reading(HoldBody, (body) => ({ kind: 'note-hold', change: 'placed', ...body })),
  'hold.released': reading(HoldBody, (body) => ({
    kind: 'note-hold',
    change: 'released',
    ...body,
  })),
  'request.received': reading(RequestBody, ({ kind, ...body }) => ({
    kind: 'receive-request',
    request: kind,
    ...body,
  })),
};

function reading<T extends object>(
  type: ClassConstructor<T>,
  toCommand: (body: T) => EmitterCommand,
): (data: object) => Read {
  return (data) => {
    const checked = checkBody(type, data, 'data');
    return 'faults' in checked ? checked : { command: toCommand({ ...checked.body }) };
  };
}

function consent(state: 'requested' | 'given' | 'refused' | 'claimed'): (data: object) => Read {
  return reading(ConsentBody, ({ evidence, ...terms }) => ({
    kind: 'record-consent',
    state,
    terms: { ...terms, evidence: { ...evidence } },
  }));
}

/** Operations that bring values, and operations that may leave their scope open (contract §3). */
const BRINGS_DATA: ReadonlySet<string> = new Set(['collect', 'clarify']);
const OPEN_SCOPE: ReadonlySet<string> = new Set(['block', 'unblock', 'destroy']);

function readOperation(operation: string, data: object): Read {
  const checked = checkBody(OperationBody, data, 'data');
  if ('faults' in checked) return checked;
  const { recipient, evidence, dataSource, basis, ...body } = checked.body;
  const faults = [
    ...scopeFaults(operation, checked.body),
    ...recipientFaults(operation, recipient),
    ...consentFaults(basis),
  ];
  if (faults.length > 0) return { faults };
  return {
    command: {
      kind: 'operate',
      operation,
      ...body,
      ...(basis === undefined ? {} : { basis: { ...basis } }),
      ...(dataSource === undefined
        ? {}
        : {
            dataSource: {
              ...dataSource,
              ...(dataSource.evidence === undefined
                ? {}
                : { evidence: dataSource.evidence as Json }),
            },
          }),
      ...(recipient === undefined ? {} : { recipients: [recipient].flat() }),
      ...(evidence === undefined ? {} : { evidence: evidence as Json }),
    } as EmitterCommand,
  };
}

function scopeFaults(operation: string, body: OperationBody): readonly IntakeFault[] {
  return BRINGS_DATA.has(operation) ? valueFaults(body) : namingFaults(operation, body);
}

function namingFaults(
  operation: string,
  { data, categories }: OperationBody,
): readonly IntakeFault[] {
  if (data !== undefined) return [fault('data.data', 'is carried by collect and clarify alone')];
  if (categories !== undefined || OPEN_SCOPE.has(operation)) return [];
  return [fault('data.categories', 'must name the categories')];
}

function valueFaults({ data, categories }: OperationBody): readonly IntakeFault[] {
  if (categories !== undefined) {
    return [fault('data.categories', 'is given by the keys of data here')];
  }
  const values = Object.entries(data ?? {});
  if (values.length === 0) return [fault('data.data', 'must hold the values')];
  return values.every(isValue) ? [] : [fault('data.data', 'must map category codes to texts')];
}

function isValue([key, value]: [string, unknown]): boolean {
  return CODE.test(key) && typeof value === 'string' && value.length <= 65_536;
}

/** Operations that are one event for each recipient; any other happens once. */
const GOES_TO_SEVERAL: ReadonlySet<string> = new Set(['provide', 'grant-access']);

function recipientFaults(operation: string, recipient: unknown): readonly IntakeFault[] {
  if (recipient === undefined) return [];
  const all: readonly unknown[] = [recipient].flat();
  const most = GOES_TO_SEVERAL.has(operation) ? 100 : 1;
  const fit = all.every((one) => typeof one === 'string' && one.length <= 256);
  if (all.length > 0 && all.length <= most && fit) return [];
  const message =
    all.length > most && most === 1
      ? 'must be one: provide and grant-access alone go to several'
      : 'must be one recipient or a list of them';
  return [fault('data.recipient', message)];
}

/** A consent that is named and does not exist must not be taken for none that is named, which the ledger then picks. */
function consentFaults(basis: OperationBody['basis']): readonly IntakeFault[] {
  if (basis?.code !== 'KZ-CONSENT' || basis.ref === undefined || isUuid(basis.ref))
    return NO_FAULTS;
  return [fault('data.basis.ref', 'must be the id of a consent here')];
}

function fault(path: string, message: string): IntakeFault {
  return { code: 'INVALID_REQUEST', path, message };
}

const JSON_MESSAGES: Readonly<Record<JsonFault, string>> = {
  INVALID_JSON: 'is not JSON: send one object a line',
  INVALID_ENCODING: 'is not clean UTF-8: no NUL, no lone surrogates',
  TOO_LARGE: 'is longer than 256 KiB: split it',
  TOO_DEEP: 'is nested deeper than 32 levels',
  TOO_MANY_KEYS: 'has an object of more than 1,000 keys',
  FORBIDDEN_KEY: 'uses a key that is not allowed',
  DUPLICATE_KEY: 'writes a key twice',
};

function jsonFault(code: JsonFault): IntakeFault {
  return { code, path: '', message: `the line ${JSON_MESSAGES[code]}` };
}
