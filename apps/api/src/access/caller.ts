import type { Mode } from '#domain';
import type { TOKEN_ROLES } from '#ledger/access';
import type { Speaker } from '#ledger/bus';
import { given } from '../http/given.js';

/** In whose role a token lets its bearer speak. */
export type Role = (typeof TOKEN_ROLES)[number];

/** What a verified token says of its bearer. */
export interface Bearer {
  readonly role: Role;
  /** Absent: all operators (auditor, regulator, admin). */
  readonly operator?: string;
  /** Ledger uuid of the person whose own token it is (role subject). */
  readonly subject?: string;
  /** Name in the operator's directory. */
  readonly actor: string;
  readonly modes: readonly Mode[];
  /** CloudEvents sources it may use; absent: all. */
  readonly sources?: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Who asks, and for which operator: of the token, else of the object that the path names. */
export interface Caller {
  readonly bearer: Bearer;
  readonly operator: string | undefined;
  /** Service's own name of the route. */
  readonly route: string;
}

/** The caller as the core knows it. */
export function speakerOf({ bearer, operator }: Caller): Speaker {
  const { actor, role } = bearer;
  return { name: actor, role, ...given({ operator }) };
}
