import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { checkBody } from '#ledger/intake';
import { Problem, invalidRequest } from '../problems/problem.js';

const PLAIN: ReadonlySet<unknown> = new Set([Object, String, Number, Boolean, Array, undefined]);

/** Checks bodies and queries against their classes, by the checker that is compiled once per class. */
@Injectable()
export class CheckedPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    const isChecked = (type === 'body' || type === 'query') && !PLAIN.has(metatype);
    return isChecked ? fitting(metatype as ClassConstructor, value) : value;
  }
}

type ClassConstructor = Parameters<typeof checkBody>[0];

/** @throws {Problem} INVALID_REQUEST, a path and a message for each thing that does not fit. */
function fitting(type: ClassConstructor, value: unknown): object {
  const given = value ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw invalidRequest('', 'must be an object');
  }
  const checked = checkBody(type, given, '');
  if ('body' in checked) return checked.body;
  const errors = checked.faults.map(({ path, message }) => ({ path, message }));
  throw new Problem('INVALID_REQUEST', { errors });
}
