import type { SingleBar } from 'cli-progress';

/** A bar on a terminal, silence elsewhere. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** Shows progress on stderr when that is a terminal. */
export async function progressBar(label: string, total: number): Promise<Progress> {
  if (!process.stderr.isTTY || total <= 0)
    return { update: () => undefined, stop: () => undefined };
  const { default: cliProgress } = await import('cli-progress');
  const bar: SingleBar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
