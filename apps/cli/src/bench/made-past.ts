import type { SubjectCommand } from '#domain';
import { LeafTemplate } from './leaf-template.js';
import { madeCommands } from './made-commands.js';
import { MadeSubject, type Surroundings } from './made-subject.js';

/** What befalls every subject of an operator, as long as it is asked for. */
export class MadePast {
  readonly #subject: MadeSubject;
  readonly #templates: LeafTemplate[] = [];
  readonly #first: readonly SubjectCommand[];
  readonly #then: readonly SubjectCommand[];

  constructor(around: Surroundings) {
    const { on, consent, collect } = madeCommands(around.operator);
    const provide = on('provide', { recipients: [around.recipient.id] });
    const refused = on('use', { purpose: `${around.operator}:none` });
    this.#subject = new MadeSubject(around);
    this.#first = [consent, collect];
    this.#then = [on('use'), on('retrieve'), provide, on('use'), on('record'), refused, collect];
  }

  /** The n-th event, from 0. */
  template(n: number): LeafTemplate | undefined {
    while (this.#templates.length <= n) {
      const made = this.#templates.length;
      if (made > 0) this.#subject.tell(this.#command(made - 1));
      this.#templates.push(
        ...this.#subject.events.slice(made).map((event) => new LeafTemplate(event)),
      );
    }
    return this.#templates[n];
  }

  #command(n: number): SubjectCommand {
    const after = n - this.#first.length;
    const command = this.#first[n] ?? this.#then[after % this.#then.length];
    if (command === undefined) throw new RangeError('no command for this event');
    return command;
  }
}
