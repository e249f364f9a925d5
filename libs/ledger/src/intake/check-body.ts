import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { quickCheck } from './checker.js';
import type { IntakeFault } from './intake-error.js';

/** A body that fits its class, or what does not; unknown fields never fit. */
export function checkBody<T extends object>(
  type: ClassConstructor<T>,
  plain: object,
  path: string,
): { readonly body: T } | { readonly faults: readonly IntakeFault[] } {
  if (quickCheck(type)?.(plain) === true) return { body: plain as T };
  // class-transformer leaves out what every object inherits, and class-validator never sees it.
  if (Object.keys(plain).some((key) => key in Object.prototype))
    return { faults: [unknownField(path)] };
  const nulls = nullPaths(plain, path);
  if (nulls.length > 0) return { faults: nulls };
  const body = plainToInstance(type, plain);
  const errors = validateSync(body, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return errors.length === 0
    ? { body }
    : { faults: errors.flatMap((error) => faultsOf(error, path)) };
}

/** A field is there or not; null is neither. One level of nesting is all that the bodies have. */
function nullPaths(plain: object, path: string): readonly IntakeFault[] {
  return Object.entries(plain).flatMap(([key, value]: [string, unknown]) => {
    if (value === null) {
      return [
        {
          code: 'INVALID_REQUEST' as const,
          path,
          message: 'a field must not be null: leave it out',
        },
      ];
    }
    const isNested = typeof value === 'object' && !Array.isArray(value) && key !== 'data';
    return isNested ? nullPaths(value as object, path) : [];
  });
}

function faultsOf(error: ValidationError, parent: string): readonly IntakeFault[] {
  const constraints = Object.keys(error.constraints ?? {});
  if (constraints.includes('whitelistValidation')) return [unknownField(parent)];
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = constraints.map((constraint): IntakeFault => {
    return { code: 'INVALID_REQUEST', path, message: MESSAGES[constraint] ?? 'does not fit' };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}

function unknownField(path: string): IntakeFault {
  const message = 'unknown field: see the contract for the fields of this type';
  return { code: 'INVALID_REQUEST', path, message };
}

/** Our own words, since class-validator's may quote a value. */
const MESSAGES: Readonly<Record<string, string>> = {
  isIn: 'must be one of the listed codes',
  isString: 'must be text',
  isLength: 'is too short or too long',
  isBoolean: 'must be true or false',
  isObject: 'must be an object',
  isArray: 'must be a list',
  arrayMinSize: 'must not be empty',
  arrayMaxSize: 'has too many entries',
  matches: 'has the wrong form',
  nestedValidation: 'must be an object of the described form',
};
