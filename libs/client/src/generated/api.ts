// Generated from docs/openapi.json by "npm run openapi": do not change.
export interface paths {
  readonly '/v1/subjects': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Registers a person; the ledger makes a random id for it. */
    readonly post: operations['subjects-register'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/operations': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Judges an operation and records it; a refusal is recorded too, without the data. */
    readonly post: operations['operations'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/consents': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Every consent, as the ledger knew it then. */
    readonly get: operations['consents'];
    readonly put?: never;
    /** Records a consent; one by mere use is recorded as a claim and opens nothing. */
    readonly post: operations['consents-record'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/consents/{consent}/withdrawal': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Withdraws a consent; processing on it stops with the same append. */
    readonly post: operations['consents-withdraw'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/data': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Records the read, then gives out what the purpose admits and a consent or the Law covers. */
    readonly get: operations['data'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/audit-trail': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Every event of the person's stream. */
    readonly get: operations['audit-trail'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/subjects/{id}/disclosures': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** To whom the data went. */
    readonly get: operations['disclosures'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/audit-trail': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Pages of it, stable while others write. */
    readonly get: operations['operator-trail'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/lookups': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Finds persons by an identifier given at registration; recorded, also when nobody is found. */
    readonly post: operations['lookups'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recipients': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Registers a recipient; its name is filed, never in clear. */
    readonly post: operations['recipients-register'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recipients/{id}/binding': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Records the contract that binds a recipient. */
    readonly post: operations['recipients-bind'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/policies': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Names the published versions. */
    readonly get: operations['policies'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/policies/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Shows one version with its purposes, categories, clauses and rulings. */
    readonly get: operations['policy'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/events': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Judges and records CloudEvents: one, a batch, or a stream of lines; a result for each, in order. */
    readonly post: operations['events'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/health/live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Says that the process lives. */
    readonly get: operations['health-live'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/health/ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Looks at log, vault, views and disk. */
    readonly get: operations['health-ready'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/metrics': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** In the text format of Prometheus. */
    readonly get: operations['metrics'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    readonly BindingRequest: {
      /** @description Hash of the contract's text: kept sealed. */
      readonly contractSha256?: string;
    };
    readonly CheckAnswer: {
      readonly ok: boolean;
    };
    readonly CloudEvent: {
      readonly data: Record<string, unknown>;
      /** @enum {string} */
      readonly datacontenttype?: 'application/json';
      readonly id: string;
      readonly source: string;
      /** @enum {string} */
      readonly specversion: '1.0';
      readonly subject: string;
      readonly time?: string;
      readonly type: string;
    };
    readonly ConsentAnswer: {
      /** @description Its id: what operations name in `basis.ref` and withdrawals in the path. */
      readonly consent: string;
      /** @description Uuid of the event that records it. */
      readonly event: string;
      /** @description Place in the whole log, a decimal. */
      readonly position: string;
      /** @description Place in the stream, a decimal. */
      readonly revision: string;
      /** @description ISO 8601 UTC. */
      readonly recordedAt: string;
      /**
       * @description `violation`: reported after the act, and not lawful.
       * @enum {string}
       */
      readonly verdict: 'lawful' | 'violation';
    };
    readonly ConsentEvidenceAnswer: {
      readonly kind: string;
      readonly language: string | null;
    };
    readonly ConsentHistoryAnswer: {
      readonly consent: string;
      readonly purpose: string | null;
      readonly categories: readonly string[];
      /** @enum {string} */
      readonly status: 'requested' | 'given' | 'refused' | 'claimed' | 'withdrawn' | 'expired';
      readonly givenAt: string;
      readonly validUntil: string | null;
      readonly withdrawnAt: string | null;
      readonly thirdParties: boolean;
      readonly crossBorder: boolean;
      readonly publication: boolean;
      readonly channel: string | null;
      readonly evidence: components['schemas']['ConsentEvidenceAnswer'];
    };
    readonly ConsentRequest: {
      readonly categories: readonly string[];
      /** @enum {string} */
      readonly channel: 'WRITTEN' | 'STATE_SERVICE' | 'NONSTATE_SERVICE' | 'OTHER_CONFIRMABLE';
      readonly crossBorder: boolean;
      readonly evidence: {
        /** @enum {string} */
        readonly kind: 'otp' | 'signature' | 'written' | 'click' | 'document' | 'implied';
        readonly language?: string;
        readonly sha256?: string;
        readonly textSha256?: string;
      };
      /** @description When it happened by the caller's word; absent: now. */
      readonly occurredAt?: string;
      readonly publication: boolean;
      readonly purpose: string;
      readonly thirdParties: boolean;
      readonly validUntil?: string;
    };
    readonly ConsentsAnswer: {
      readonly consents: readonly components['schemas']['ConsentHistoryAnswer'][];
    };
    readonly DataAnswer: {
      /** @description Category → value, when it was collected, by which event. */
      readonly data: {
        readonly [key: string]: components['schemas']['ValueAnswer'];
      };
      /** @description As asked, null for now. */
      readonly asOf: string | null;
      /** @description Of the event that records the read, a decimal. */
      readonly position: string;
      readonly withheld: readonly components['schemas']['WithheldAnswer'][];
    };
    readonly DecisionAnswer: {
      /** @description Uuid of the event `WithdrawalDecided`. */
      readonly event: string;
      /** @enum {string} */
      readonly outcome: 'stop' | 'continue';
    };
    readonly DisclosureAnswer: {
      readonly position: string;
      readonly event: string;
      readonly type: string;
      readonly recipient: string | null;
      readonly categories: readonly string[];
      readonly purpose: string | null;
      readonly basis: Record<string, unknown> | null;
      readonly country: string;
      readonly occurredAt: string;
      readonly recordedAt: string;
      readonly verdict: string;
      readonly clauses: readonly string[];
    };
    readonly DisclosuresAnswer: {
      readonly disclosures: readonly components['schemas']['DisclosureAnswer'][];
    };
    readonly DiskCheckAnswer: {
      readonly ok: boolean;
      /** @description -1 when nobody can tell. */
      readonly freeBytes: number;
    };
    readonly EventFault: {
      readonly path: string;
      readonly message: string;
    };
    readonly EventResult: {
      /** @description As the emitter gave it; null when the event could not be read that far. */
      readonly id: string | null;
      /** @enum {string} */
      readonly status: 'refused' | 'violation' | 'accepted' | 'duplicate' | 'invalid';
      /** @description Uuid of the event that records it. */
      readonly event?: string;
      /** @description Place in the whole log, a decimal. */
      readonly position?: string;
      /** @description Of a refusal, a violation, or of what is wrong with the event. */
      readonly code?: string;
      readonly clauses?: readonly string[];
      /** @description Values that were not kept, because their category is destroyed. */
      readonly withheld?: readonly components['schemas']['WithheldAnswer'][];
      readonly errors?: readonly components['schemas']['EventFault'][];
    };
    readonly EventsAnswer: {
      readonly results: readonly components['schemas']['EventResult'][];
    };
    readonly LiveAnswer: {
      /** @enum {string} */
      readonly status: 'ok';
    };
    readonly LookupAnswer: {
      readonly subjects: readonly string[];
    };
    readonly LookupRequest: {
      readonly purpose: string;
      /** @enum {string} */
      readonly scheme: 'KZ-IIN' | 'KZ-BIN' | 'RU-INN' | 'RU-SNILS' | 'PASSPORT' | 'EMAIL' | 'PHONE';
      readonly value: string;
    };
    readonly OperationAnswer: {
      /** @description Of a destruction: what was done, what is retained. */
      readonly certificate?: Record<string, unknown>;
      /** @description Of a collection or clarification: values that were not kept, because their category is destroyed. */
      readonly withheld?: readonly components['schemas']['WithheldAnswer'][];
      /** @description Uuid of the event that records it. */
      readonly event: string;
      /** @description Place in the whole log, a decimal. */
      readonly position: string;
      /** @description Place in the stream, a decimal. */
      readonly revision: string;
      /** @description ISO 8601 UTC. */
      readonly recordedAt: string;
      /**
       * @description `violation`: reported after the act, and not lawful.
       * @enum {string}
       */
      readonly verdict: 'lawful' | 'violation';
    };
    readonly OperationRequest: {
      readonly act?: string;
      readonly approvedBy?: readonly string[];
      readonly basis?: {
        readonly cite?: string;
        readonly code: string;
        readonly label?: string;
        readonly ref?: string;
      };
      readonly categories?: readonly string[];
      readonly channel?: string;
      readonly country?: string;
      readonly data?: Record<string, unknown>;
      readonly dataSource?: {
        readonly evidence?: unknown;
        /** @enum {string} */
        readonly kind: 'subject' | 'third-party' | 'public' | 'operator';
      };
      readonly evidence?: unknown;
      readonly ground?: string;
      readonly grounds?: string;
      /** @enum {string} */
      readonly medium?: 'automated' | 'manual';
      readonly method?: string;
      /**
       * @description `enforce`: asked before the act; `record`: reported after it (needs a token that allows it).
       * @enum {string}
       */
      readonly mode?: 'enforce' | 'record';
      /** @description When it happened by the caller's word; absent: now. */
      readonly occurredAt?: string;
      /** @description One of the sixteen, as `contract.md` §1 names them. */
      readonly operation: string;
      readonly purpose?: string;
      readonly reason?: string;
      /** @enum {string} */
      readonly reasonCode?:
        | 'violation-reported'
        | 'violation-not-confirmed'
        | 'withdrawal'
        | 'purpose-ended'
        | 'destruction-ordered';
      readonly recipient?: unknown;
      readonly reference?: string;
      /** @enum {string} */
      readonly strength?: 'pseudonymous' | 'anonymous';
    };
    readonly PoliciesAnswer: {
      readonly policies: readonly components['schemas']['PolicySummaryAnswer'][];
    };
    readonly PolicyAnswer: {
      readonly id: string;
      readonly version: string;
      /** @description SHA-256 of the canonical document. */
      readonly hash: string;
      readonly operator: string;
      readonly inForce: boolean;
      readonly rulings: readonly Record<string, unknown>[];
      /** @description The document as the gate reads it. */
      readonly document: Record<string, unknown>;
      /** @description Purpose × subject kind → categories admitted. */
      readonly table: readonly Record<string, unknown>[];
    };
    readonly PolicySummaryAnswer: {
      readonly id: string;
      readonly version: string;
      /** @description SHA-256 of the canonical document. */
      readonly hash: string;
      readonly operator: string;
      readonly inForce: boolean;
    };
    readonly Problem: {
      readonly status: number;
      readonly title: string;
      /** @description Never repeats a value of the request. */
      readonly detail: string;
      /** @enum {string} */
      readonly code:
        | 'ALREADY_INITIALISED'
        | 'BASIS_EVIDENCE_MISSING'
        | 'BLOCKED'
        | 'BROKEN'
        | 'CATEGORY_NOT_ADMITTED'
        | 'CATEGORY_NOT_FOR_SUBJECT_KIND'
        | 'CONFLICT'
        | 'CONSENT_EXPIRED'
        | 'CONSENT_NOT_GIVEN'
        | 'CONSENT_UNPROVEN'
        | 'CONSENT_WITHDRAWN'
        | 'CROSS_BORDER_NOT_PERMITTED'
        | 'DELETED'
        | 'DESTROYED'
        | 'DISSEMINATION_CONSENT_MISSING'
        | 'EVIDENCE_MISSING'
        | 'FORBIDDEN'
        | 'HOLD_IN_FORCE'
        | 'INVALID_REQUEST'
        | 'INVALID_VALUE'
        | 'NOT_FOUND'
        | 'NO_LAWFUL_BASIS'
        | 'NO_LEDGER'
        | 'OVERTAKEN'
        | 'POLICY_NOT_ACTIVE'
        | 'PURPOSE_NOT_DECLARED'
        | 'REASONED_REQUEST_MISSING'
        | 'RECIPIENT_NOT_BOUND'
        | 'RECIPIENT_UNKNOWN'
        | 'RETENTION_EXPIRED'
        | 'ROLLED_BACK'
        | 'RULING_MISSING'
        | 'SOURCE_NOT_PERMITTED'
        | 'STORAGE_OUTSIDE_KZ'
        | 'THIRD_PARTY_CONSENT_MISSING'
        | 'TOO_LARGE'
        | 'TOO_MANY'
        | 'UNAUTHENTICATED'
        | 'UNAVAILABLE'
        | 'UNKNOWN_OPERATION'
        | 'UNSUPPORTED_MEDIA_TYPE'
        | 'WRONG_LOG';
      /** @description Of a refusal: everything that said no. */
      readonly codes?: readonly string[];
      /** @description Of a refusal: what it rests on, never empty. */
      readonly clauses?: readonly string[];
      /** @description Of INVALID_REQUEST: what does not fit, and where. */
      readonly errors?: readonly {
        readonly path: string;
        readonly message: string;
      }[];
      /**
       * Format: uuid
       * @description The event that records a refusal.
       */
      readonly event?: string;
      /** @description Of a destroyed person. */
      readonly certificate?: Record<string, unknown>;
    };
    readonly ReadyAnswer: {
      /** @enum {string} */
      readonly status: 'not ready' | 'ready';
      readonly store: components['schemas']['CheckAnswer'];
      readonly vault: components['schemas']['CheckAnswer'];
      readonly views: components['schemas']['ViewsCheckAnswer'];
      readonly disk: components['schemas']['DiskCheckAnswer'];
    };
    readonly RecipientAnswer: {
      /** @description The ledger's own random id of the recipient: what operations name. */
      readonly recipient: string;
      /** @description Uuid of the event that records it. */
      readonly event: string;
      /** @description Place in the whole log, a decimal. */
      readonly position: string;
      /** @description Place in the stream, a decimal. */
      readonly revision: string;
      /** @description ISO 8601 UTC. */
      readonly recordedAt: string;
      /**
       * @description `violation`: reported after the act, and not lawful.
       * @enum {string}
       */
      readonly verdict: 'lawful' | 'violation';
    };
    readonly RecipientRequest: {
      /** @enum {string} */
      readonly class:
        | 'akjet:7.5'
        | 'akjet:7.7.1'
        | 'akjet:7.7.2'
        | 'akjet:7.8'
        | 'quicklid:7.1.1'
        | 'quicklid:7.1.2'
        | 'quicklid:7.1.3'
        | 'quicklid:7.1.4'
        | 'quicklid:7.1.5';
      readonly contractSha256?: string;
      readonly country: string;
      readonly name: string;
      /** @description When it happened by the caller's word; absent: now. */
      readonly occurredAt?: string;
      readonly operator: string;
    };
    readonly SubjectAnswer: {
      /** @description The ledger's own random id of the person. */
      readonly subject: string;
      /** @description Uuid of the event that records it. */
      readonly event: string;
      /** @description Place in the whole log, a decimal. */
      readonly position: string;
      /** @description Place in the stream, a decimal. */
      readonly revision: string;
      /** @description ISO 8601 UTC. */
      readonly recordedAt: string;
      /**
       * @description `violation`: reported after the act, and not lawful.
       * @enum {string}
       */
      readonly verdict: 'lawful' | 'violation';
    };
    readonly SubjectRequest: {
      readonly identifiers?: readonly {
        /** @enum {string} */
        readonly scheme:
          'KZ-IIN' | 'KZ-BIN' | 'RU-INN' | 'RU-SNILS' | 'PASSPORT' | 'EMAIL' | 'PHONE';
        readonly value: string;
      }[];
      readonly kind: string;
      /** @description When it happened by the caller's word; absent: now. */
      readonly occurredAt?: string;
      readonly operator: string;
    };
    readonly TrailAnswer: {
      readonly entries: readonly components['schemas']['TrailEntryAnswer'][];
      /** @description Give it as `after` for the next page; null: this was the last. */
      readonly next: string | null;
    };
    readonly TrailEntryAnswer: {
      /** @description Place in the whole log, a decimal. */
      readonly position: string;
      /** @description On the trail of an operator: whose event it is. */
      readonly subject?: string;
      /** @description Place in the stream, a decimal. */
      readonly revision: string;
      readonly event: string;
      readonly type: string;
      readonly operation: string | null;
      readonly purpose: string | null;
      readonly basis: Record<string, unknown> | null;
      readonly categories: readonly string[] | null;
      readonly actor: string;
      readonly actorRole: string;
      readonly occurredAt: string;
      readonly recordedAt: string;
      readonly verdict?: string;
      readonly code?: string;
      readonly clauses?: readonly string[];
      readonly policy: Record<string, unknown> | null;
      readonly recipient: string | null;
    };
    readonly ValueAnswer: {
      readonly value?: string;
      /**
       * @description Instead of a value: `destroyed`, or `unavailable`, which is an incident.
       * @enum {string}
       */
      readonly status?: 'destroyed' | 'unavailable';
      readonly collectedAt: string;
      /** @description The event that brought it. */
      readonly event: string;
    };
    readonly ViewsCheckAnswer: {
      readonly ok: boolean;
      /** @description Events; -1 when nobody can tell. */
      readonly lag: number;
    };
    readonly WithdrawalAnswer: {
      readonly decision: components['schemas']['DecisionAnswer'];
      /** @description Uuid of the event `ConsentWithdrawn`. */
      readonly event: string;
      readonly position: string;
      readonly recordedAt: string;
    };
    readonly WithdrawalRequest: {
      /** @description When it happened by the caller's word; absent: now. */
      readonly occurredAt?: string;
    };
    readonly WithheldAnswer: {
      readonly category: string;
      readonly code: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly 'subjects-register': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "operator": "quicklid",
         *       "kind": "individual",
         *       "identifiers": [
         *         {
         *           "scheme": "KZ-IIN",
         *           "value": "791119300072"
         *         }
         *       ]
         *     }
         */
        readonly 'application/json': components['schemas']['SubjectRequest'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SubjectAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly operations: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "operation": "collect",
         *       "purpose": "quicklid:3.1",
         *       "basis": {
         *         "code": "KZ-CONSENT"
         *       },
         *       "medium": "automated",
         *       "dataSource": {
         *         "kind": "subject"
         *       },
         *       "data": {
         *         "quicklid:name": "Қайырбекұлы Ерасыл"
         *       }
         *     }
         */
        readonly 'application/json': components['schemas']['OperationRequest'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OperationAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly consents: {
    readonly parameters: {
      readonly query?: {
        /** @description A time or a position: as the ledger knew it then. */
        readonly asOf?: string;
        /** @description Position that the answer must have seen; absent: the log's end when the request came. */
        readonly minPosition?: string;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ConsentsAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'consents-record': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "purpose": "quicklid:3.1",
         *       "categories": [
         *         "quicklid:name",
         *         "quicklid:iin"
         *       ],
         *       "thirdParties": false,
         *       "crossBorder": false,
         *       "publication": false,
         *       "channel": "OTHER_CONFIRMABLE",
         *       "evidence": {
         *         "kind": "otp",
         *         "textSha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         *         "language": "kk"
         *       }
         *     }
         */
        readonly 'application/json': components['schemas']['ConsentRequest'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ConsentAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'consents-withdraw': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        readonly id: string;
        readonly consent: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        /** @example {} */
        readonly 'application/json': components['schemas']['WithdrawalRequest'];
      };
    };
    readonly responses: {
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['WithdrawalAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly data: {
    readonly parameters: {
      readonly query: {
        /** @description A time or a position: the values as they were then. Whether they may be read is judged today. */
        readonly asOf?: string;
        /** @description Category codes, separated by commas; absent: all that are held. */
        readonly categories?: string;
        /** @description Position that the ledger must have come to. */
        readonly minPosition?: string;
        /** @description Purpose of the read: values leave only under one. */
        readonly purpose: string;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DataAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'audit-trail': {
    readonly parameters: {
      readonly query?: {
        /** @description `next` of the page before. */
        readonly after?: string;
        /** @description A time or a position: as the ledger knew it then. */
        readonly asOf?: string;
        /** @description Recorded at or after. */
        readonly from?: string;
        /** @description Entries of a page: 100 if absent, at most 1,000. */
        readonly limit?: string;
        /** @description Position that the answer must have seen; absent: the log's end when the request came. */
        readonly minPosition?: string;
        readonly operation?:
          | 'collect'
          | 'record'
          | 'systematise'
          | 'accumulate'
          | 'store'
          | 'clarify'
          | 'retrieve'
          | 'use'
          | 'provide'
          | 'disseminate'
          | 'grant-access'
          | 'depersonalise'
          | 'block'
          | 'unblock'
          | 'delete'
          | 'destroy';
        /** @description Recorded at or before. */
        readonly to?: string;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TrailAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly disclosures: {
    readonly parameters: {
      readonly query?: {
        /** @description A time or a position: as the ledger knew it then. */
        readonly asOf?: string;
        /** @description Position that the answer must have seen; absent: the log's end when the request came. */
        readonly minPosition?: string;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DisclosuresAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'operator-trail': {
    readonly parameters: {
      readonly query?: {
        /** @description `next` of the page before. */
        readonly after?: string;
        /** @description A time or a position: as the ledger knew it then. */
        readonly asOf?: string;
        /** @description Recorded at or after. */
        readonly from?: string;
        /** @description Entries of a page: 100 if absent, at most 1,000. */
        readonly limit?: string;
        /** @description Position that the answer must have seen; absent: the log's end when the request came. */
        readonly minPosition?: string;
        readonly operation?:
          | 'collect'
          | 'record'
          | 'systematise'
          | 'accumulate'
          | 'store'
          | 'clarify'
          | 'retrieve'
          | 'use'
          | 'provide'
          | 'disseminate'
          | 'grant-access'
          | 'depersonalise'
          | 'block'
          | 'unblock'
          | 'delete'
          | 'destroy';
        /** @description For a token of all operators: which one. */
        readonly operator?: string;
        /** @description Recorded at or before. */
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TrailAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly lookups: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "scheme": "KZ-IIN",
         *       "value": "791119300072",
         *       "purpose": "quicklid:3.1"
         *     }
         */
        readonly 'application/json': components['schemas']['LookupRequest'];
      };
    };
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LookupAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'recipients-register': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "operator": "quicklid",
         *       "name": "ТОО «Кредитное бюро»",
         *       "class": "quicklid:7.1.1",
         *       "country": "KZ"
         *     }
         */
        readonly 'application/json': components['schemas']['RecipientRequest'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RecipientAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'recipients-bind': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Makes a repeat be answered as the first time, without time limit. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        /**
         * @example {
         *       "contractSha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
         *     }
         */
        readonly 'application/json': components['schemas']['BindingRequest'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RecipientAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly policies: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PoliciesAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly policy: {
    readonly parameters: {
      readonly query?: {
        /** @description Absent: the one in force. */
        readonly version?: string;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly events: {
    readonly parameters: {
      readonly query?: {
        /** @description `enforce`: asked before the act; `record`: reported after it (needs a token that allows it). */
        readonly mode?: 'enforce' | 'record';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        /**
         * @example {
         *       "specversion": "1.0",
         *       "id": "1",
         *       "source": "urn:loans",
         *       "type": "kz.pdl.subject.registered.v1",
         *       "subject": "case-173688",
         *       "time": "2024-09-30T19:45:13Z",
         *       "data": {
         *         "operator": "quicklid",
         *         "kind": "individual"
         *       }
         *     }
         */
        readonly 'application/json':
          components['schemas']['CloudEvent'] | readonly components['schemas']['CloudEvent'][];
        /**
         * @example {
         *       "specversion": "1.0",
         *       "id": "1",
         *       "source": "urn:loans",
         *       "type": "kz.pdl.subject.registered.v1",
         *       "subject": "case-173688",
         *       "time": "2024-09-30T19:45:13Z",
         *       "data": {
         *         "operator": "quicklid",
         *         "kind": "individual"
         *       }
         *     }
         */
        readonly 'application/cloudevents+json': components['schemas']['CloudEvent'];
        readonly 'application/cloudevents-batch+json': readonly components['schemas']['CloudEvent'][];
        /**
         * @example {"specversion":"1.0","id":"1","source":"urn:loans","type":"kz.pdl.subject.registered.v1","subject":"case-173688","time":"2024-09-30T19:45:13Z","data":{"operator":"quicklid","kind":"individual"}}
         *     {"specversion":"1.0","id":"2","source":"urn:loans","type":"kz.pdl.consent.given.v1","subject":"case-173688","time":"2024-09-30T19:45:13Z","data":{"purpose":"quicklid:3.1","categories":["quicklid:name","quicklid:iin"],"thirdParties":false,"crossBorder":false,"publication":false,"channel":"OTHER_CONFIRMABLE","evidence":{"kind":"otp","textSha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","language":"kk"}}}
         */
        readonly 'application/x-ndjson': string;
      };
    };
    readonly responses: {
      /** @description a result for each event, in order */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['EventsAnswer'];
          /**
           * @example {"id":"1","status":"accepted","event":"00000000-0000-4000-8000-000000000001","position":"12"}
           *     {"id":"2","status":"accepted","event":"00000000-0000-4000-8000-000000000001","position":"12"}
           */
          readonly 'application/x-ndjson': string;
        };
      };
      /** @description INVALID_REQUEST */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAUTHENTICATED */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description FORBIDDEN, UNKNOWN_OPERATION, POLICY_NOT_ACTIVE, PURPOSE_NOT_DECLARED, CATEGORY_NOT_FOR_SUBJECT_KIND, CATEGORY_NOT_ADMITTED, DELETED, BLOCKED, HOLD_IN_FORCE, RETENTION_EXPIRED, SOURCE_NOT_PERMITTED, STORAGE_OUTSIDE_KZ, NO_LAWFUL_BASIS, BASIS_EVIDENCE_MISSING, CONSENT_WITHDRAWN, CONSENT_EXPIRED, CONSENT_UNPROVEN, CONSENT_NOT_GIVEN, RECIPIENT_UNKNOWN, RECIPIENT_NOT_BOUND, REASONED_REQUEST_MISSING, CROSS_BORDER_NOT_PERMITTED, THIRD_PARTY_CONSENT_MISSING, DISSEMINATION_CONSENT_MISSING, EVIDENCE_MISSING, RULING_MISSING */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description NOT_FOUND */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description CONFLICT */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description DESTROYED */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_LARGE */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNSUPPORTED_MEDIA_TYPE */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description INVALID_VALUE */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description TOO_MANY */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readonly 'health-live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LiveAnswer'];
        };
      };
    };
  };
  readonly 'health-ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReadyAnswer'];
        };
      };
      /** @description not ready */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReadyAnswer'];
        };
      };
    };
  };
  readonly metrics: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/plain': string;
        };
      };
      /** @description UNAVAILABLE, OVERTAKEN */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
