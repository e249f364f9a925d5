import { availableParallelism } from 'node:os';

/** The tests run the shipped JavaScript: compiled by `npm run build`, never transformed again. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist'],
  transform: {},
  testMatch: ['**/*.spec.js', '**/*.e2e-spec.js'],
  testTimeout: 120_000,
  // Jest keeps one core free, which of two is half: most tests wait for a disk or a process of their own.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
