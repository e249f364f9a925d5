import type { EmitterCommand, Json, Operate } from '../command/command.js';

/** Values of a command by the key they are sealed with. */
export interface SealedTexts {
  /** Under the subject's key: gone with the subject. */
  readonly seal: Readonly<Record<string, Json>>;
  /** Under the operator's key, where it must outlive the subject (act numbers, approvals, authority references). */
  readonly file: Readonly<Record<string, Json>>;
}

/** Where the verdict is not lawful, and beside the first of several events. */
export const NOTHING: SealedTexts = { seal: {}, file: {} };

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
      return NOTHING;
  }
}

function ofOperation(command: Operate): SealedTexts {
  // Whatever is said about a destruction must outlive the key that it destroys.
  if (command.operation === 'destroy')
    return { seal: {}, file: actsOf(command, textsOf(command, {})) };
  return { seal: textsOf(command, { ...command.data }), file: actsOf(command, {}) };
}

function textsOf(command: Operate, into: Texts): Texts {
  put(into, 'pdl:evidence', command.evidence);
  put(into, 'pdl:reason', command.reason);
  put(into, 'pdl:method', command.method);
  put(into, 'pdl:channel', command.channel);
  put(into, 'pdl:source-evidence', command.dataSource?.evidence);
  return into;
}

function actsOf(command: Operate, into: Texts): Texts {
  put(into, 'pdl:reference', command.reference);
  put(into, 'pdl:grounds', command.grounds);
  put(into, 'pdl:act', command.act);
  put(into, 'pdl:approved-by', command.approvedBy);
  return into;
}

type Texts = Record<string, Json>;

const seals = (texts: Present): SealedTexts => ({ seal: present(texts), file: {} });
const files = (texts: Present): SealedTexts => ({ seal: {}, file: present(texts) });

type Present = Readonly<Record<string, Json | undefined>>;

function present(texts: Present): Texts {
  const into: Texts = {};
  for (const name of Object.keys(texts)) put(into, name, texts[name]);
  return into;
}

function put(into: Texts, name: string, text: Json | undefined): void {
  if (text !== undefined) into[name] = text;
}
