import type { BasisRow } from '../law.js';
import { SINCE_ENTRY } from './in-force.js';

const GROUND = {
  inForce: SINCE_ENTRY,
  status: 'confirmed',
  use: 'transfer-ground',
  dpv: ['dpv:DataTransferLegalBasis'],
} as const;

/** Grounds of a transfer across the border other than consent (Law 94-V art. 16; `law.md` §7). */
export const TRANSFER_GROUNDS: readonly BasisRow[] = [
  {
    ...GROUND,
    code: 'KZ-16.2',
    clause: '16(2)',
    requires: ['evidence'],
    name: {
      kk: 'Дербес деректерді қорғауды қамтамасыз ететін мемлекетке беру',
      ru: 'Передача в государство, обеспечивающее защиту персональных данных',
      en: 'Transfer to a state that ensures protection of personal data',
    },
  },
  {
    ...GROUND,
    code: 'KZ-16.3.2',
    clause: '16(3)(2)',
    requires: ['citation'],
    name: {
      kk: 'Ратификацияланған халықаралық шартта көзделген беру',
      ru: 'Передача, предусмотренная ратифицированным международным договором',
      en: 'Transfer provided for by a ratified treaty',
    },
  },
  {
    ...GROUND,
    code: 'KZ-16.3.3',
    clause: '16(3)(3)',
    requires: ['citation'],
    name: {
      kk: 'Заңда көзделген, қоғамдық тәртіпті немесе денсаулықты қорғау үшін қажет беру',
      ru: 'Передача, предусмотренная законом для защиты общественного порядка или здоровья',
      en: 'Transfer provided for by a law to protect public order or health',
    },
  },
  {
    ...GROUND,
    code: 'KZ-16.3.4',
    clause: '16(3)(4)',
    requires: ['evidence'],
    name: {
      kk: 'Келісім алу мүмкін болмаған кезде конституциялық құқықтарды қорғау үшін беру',
      ru: 'Передача для защиты конституционных прав, когда согласие получить невозможно',
      en: 'Transfer to protect constitutional rights when consent is impossible',
    },
  },
];
