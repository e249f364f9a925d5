import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Loaded into a child before its program (`--import`): tells on descriptor 3 what only the process itself knows. */
const RESOLUTION_MS = 1;
const TOLD = 3;
const MIB = 1024 * 1024;

// Its workers load it too.
if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const tell = (): void => {
    const seen = {
      rssMb: process.memoryUsage.rss() / MIB,
      peakMb: process.resourceUsage().maxRSS / 1024,
      // Since it was last asked. What is measured is the time between two ticks.
      loopP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
    };
    delay.reset();
    writeSync(TOLD, `${JSON.stringify(seen)}\n`);
  };
  process.on('SIGUSR2', tell);
  process.on('exit', tell);
}
