/** Kinds of identifiers that a registration may bring (`contract.md` §1). */
export const IDENTIFIER_SCHEMES = [
  'KZ-IIN',
  'KZ-BIN',
  'RU-INN',
  'RU-SNILS',
  'PASSPORT',
  'EMAIL',
  'PHONE',
] as const;

/** One of `IDENTIFIER_SCHEMES`. */
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number];

/** What is wrong with each kind of fault, in words that never hold the value. */
export const IDENTIFIER_FAULTS = {
  SHAPE: 'wrong length or characters for this scheme',
  KIND: 'the number is of another kind: person and entity differ in the fifth digit',
  CENTURY: 'the seventh digit names no century',
  DATE: 'the first digits are not a date of the calendar',
  CHECK_DIGIT: 'the check digit does not match: look for a mistyped digit',
  NEVER_ISSUED: 'numbers of this form are never issued',
} as const;

/** Code of a fault; never holds the value. */
export type IdentifierFault = keyof typeof IDENTIFIER_FAULTS;
