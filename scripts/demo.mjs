// npm run demo: the whole product in under a minute.
import { buildIfNeeded, installIfNeeded, requireNode } from './bootstrap.mjs';

requireNode();
installIfNeeded();
buildIfNeeded();
process.argv.splice(2, 0, 'demo');
await import('./pdl.mjs');
