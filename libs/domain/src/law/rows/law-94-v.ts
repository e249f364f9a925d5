import type { Law } from '../law.js';
import { ARTICLE_9_BASES } from './article-9-bases.js';
import { CONSENT_BASES } from './consent-bases.js';
import { REGIMES, UNREAD } from './regimes.js';
import { TRANSFER_GROUNDS } from './transfer-grounds.js';

/**
 * Law 94-V "On Personal Data and their Protection" and the acts beside it as dated rows. A `clause` without an act before a colon is
 * the Law's own; `dc:` is the Digital Code 255-VIII, `rules-395:` the rules 395/НҚ.
 */
export const LAW: Law = {
  regimes: REGIMES,
  unread: UNREAD,
  bases: [...CONSENT_BASES, ...ARTICLE_9_BASES, ...TRANSFER_GROUNDS],
  duties: [],
  definitions: [],
  consentFields: [],
  retention: [],
};
