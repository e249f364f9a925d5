import type { EmitterCommand, Json } from '../command/command.js';

/** Values of a command by the key they are sealed with. */
export interface SealedTexts {
  /** Under the subject's key: gone with the subject. */
  readonly seal: Readonly<Record<string, Json>>;
  /** Under the operator's key, where it must outlive the subject (act numbers, approvals, authority references). */
  readonly file: Readonly<Record<string, Json>>;
}

/** Everything a command brings that may not stand in clear (design §4): data, and the caller's own texts. */
export function valuesOf(command: EmitterCommand): SealedTexts {
  switch (command.kind) {
    case 'operate':
      return ofOperation(command);
    case 'record-consent': {
      const { textSha256, sha256 } = command.terms.evidence;
      return seals({ 'pdl:consent-text': textSha256, 'pdl:consent-evidence': sha256 });
    }
    case 'note-contract':
      return seals({ 'pdl:contract': command.contract });
    case 'note-hold':
      return seals({ 'pdl:reason': command.reason });
    case 'receive-request':
      return seals({ 'pdl:channel': command.channel, 'pdl:details': command.details });
    case 'register-recipient':
      return files({ 'pdl:recipient-name': command.name, 'pdl:contract': command.contractSha256 });
    case 'register-subject':
    case 'withdraw-consent':
    case 'achieve-purpose':
      return seals({});
  }
}

function ofOperation(command: Extract<EmitterCommand, { kind: 'operate' }>): SealedTexts {
  const texts = {
    'pdl:evidence': command.evidence,
    'pdl:reason': command.reason,
    'pdl:method': command.method,
    'pdl:channel': command.channel,
    'pdl:source-evidence': command.dataSource?.evidence,
  };
  const acts = {
    'pdl:reference': command.reference,
    'pdl:grounds': command.grounds,
    'pdl:act': command.act,
    'pdl:approved-by': command.approvedBy,
  };
  // Whatever is said about a destruction must outlive the key that it destroys.
  if (command.operation === 'destroy') return files({ ...texts, ...acts });
  return { seal: { ...command.data, ...present(texts) }, file: present(acts) };
}

type Texts = Readonly<Record<string, Json | undefined>>;

const seals = (texts: Texts): SealedTexts => ({ seal: present(texts), file: {} });
const files = (texts: Texts): SealedTexts => ({ seal: {}, file: present(texts) });

function present(texts: Texts): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
