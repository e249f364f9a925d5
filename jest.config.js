/** The tests run the shipped JavaScript: compiled by `npm run build`, never transformed again. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist'],
  transform: {},
  testMatch: ['**/*.spec.js', '**/*.e2e-spec.js'],
  testTimeout: 120_000,
};
