// Installs what the lock file names, whatever is there, and remembers that it did.
import { install, requireNode } from './bootstrap.mjs';

requireNode();
install();
