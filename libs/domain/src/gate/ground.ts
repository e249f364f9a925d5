import type { SubjectState } from '../subject/subject-state.js';
import type { Ask, Moment } from './ask.js';
import { relationsEnded, retentionEnded } from './retention.js';

/**
 * Whether a destruction's ground is shown: by the stream for one officer (an emitter suffices for 18.1 and 18.2),
 * by a second officer's approval for every other (contract §3; Law 94-V art. 18, 24(1)).
 */
export function isGroundShown(ask: Ask, state: SubjectState, moment: Moment): boolean {
  const { ground } = ask;
  if (ground === undefined || ground === null) return false;
  if (state.approvals.has(ground)) return true;
  switch (ground) {
    case 'KZ-18.1':
      return purposesEnded(state, moment);
    case 'KZ-18.2':
      return relationsEnded(state) !== null;
    case 'KZ-18.3-1':
      return byOfficer(ask) && state.consentViolation;
    case 'KZ-24.1.4':
      return byOfficer(ask) && state.requests.has('destruction');
    case 'KZ-24.1.5':
      return byOfficer(ask) && state.consents.some((consent) => consent.state === 'withdrawn');
    default:
      return false;
  }
}

function byOfficer(ask: Ask): boolean {
  return ask.actorRole === 'officer' || ask.actorRole === 'admin';
}

function purposesEnded(state: SubjectState, moment: Moment): boolean {
  const purposes = new Set([...state.holdings.values()].flatMap(({ purposes: of }) => [...of]));
  if (purposes.size === 0) return state.achieved.size > 0;
  return [...purposes].every(
    (purpose) => state.achieved.has(purpose) || retentionEnded(state, purpose, moment),
  );
}
