import type { Certificate } from '#ledger';
import { LABELS } from './labels.js';
import type { Language } from './language.js';
import { listed, moment, table } from './table.js';

/** A certificate of destruction for people. */
export function certificateText(certificate: Certificate, language: Language): string {
  const { subject, categories, order, event, orderedAt, destroyedAt, method, epoch } = certificate;
  const label = (name: keyof typeof LABELS): string => LABELS[name][language];
  return [
    `${label('certificate')} ${event}`,
    table([
      [label('subject'), subject],
      [label('scope'), categories === null ? label('everything') : listed(categories)],
      [label('ordered'), `${moment(orderedAt)} UTC (${order})`],
      [label('destroyed'), `${moment(destroyedAt)} UTC`],
      [label('method'), method],
      [label('epoch'), epoch],
      [label('stage'), `${certificate.stage}: ${label('shredded')}`],
      [label('retained'), label('retainedItems')],
    ]),
  ].join('\n');
}
