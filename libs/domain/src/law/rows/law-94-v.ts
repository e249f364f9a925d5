import type { Law } from '../law.js';
import { ARTICLE_9_BASES } from './article-9-bases.js';
import { CONSENT_BASES } from './consent-bases.js';
import { CONSENT_FIELDS } from './consent-fields.js';
import { DEFINITIONS } from './definitions.js';
import { OPERATION_DUTIES } from './duties-of-operation.js';
import { REQUEST_DUTIES } from './duties-on-request.js';
import { REGIMES, UNREAD } from './regimes.js';
import { RETENTION } from './retention.js';
import { TRANSFER_GROUNDS } from './transfer-grounds.js';

/**
 * Law 94-V "On Personal Data and their Protection" and the acts beside it as dated rows. A `clause` without an act before a colon is
 * the Law's own; `dc:` is the Digital Code 255-VIII, `gk:` the Civil Code, `rules-395:` the rules 395/НҚ.
 */
export const LAW: Law = {
  regimes: REGIMES,
  unread: UNREAD,
  bases: [...CONSENT_BASES, ...ARTICLE_9_BASES, ...TRANSFER_GROUNDS],
  duties: [...REQUEST_DUTIES, ...OPERATION_DUTIES],
  definitions: DEFINITIONS,
  consentFields: CONSENT_FIELDS,
  retention: RETENTION,
};
