/** A published version of a policy, by name. */
export class PolicySummaryAnswer {
  id!: string;

  version!: string;

  /** SHA-256 of the canonical document. */
  hash!: string;

  operator!: string;

  inForce!: boolean;
}

/** Everything that is published for the token's operator. */
export class PoliciesAnswer {
  policies!: PolicySummaryAnswer[];
}

/** A published version of a policy in full. */
export class PolicyAnswer extends PolicySummaryAnswer {
  rulings!: object[];

  /** The document as the gate reads it. */
  document!: object;

  /** Purpose × subject kind → categories admitted. */
  table!: object[];
}
