/** The process lives. */
export class LiveAnswer {
  status!: 'ok';
}

/** One thing that must be in order. */
export class CheckAnswer {
  ok!: boolean;
}

/** How far the views are behind the log. */
export class ViewsCheckAnswer extends CheckAnswer {
  /** Events; -1 when nobody can tell. */
  lag!: number;
}

/** What is left of the disk. */
export class DiskCheckAnswer extends CheckAnswer {
  /** -1 when nobody can tell. */
  freeBytes!: number;
}

/** Whether the service can record and be read from. */
export class ReadyAnswer {
  status!: 'ready' | 'not ready';

  store!: CheckAnswer;

  vault!: CheckAnswer;

  views!: ViewsCheckAnswer;

  disk!: DiskCheckAnswer;
}
