const { faultsOfParts } = require('./scripts/parts.cjs');

/** Arrows of the architecture (ARCHITECTURE.md), checked in CI: which parts each part may know. */
const ARROWS = {
  'libs/domain': [],
  // A backend takes it alone: no other part, no package.
  'libs/client': [],
  'libs/event-store': [],
  'libs/vault': [],
  'libs/projections': ['libs/event-store'],
  'libs/ledger': ['libs/domain', 'libs/event-store', 'libs/vault', 'libs/projections'],
  'apps/api': ['libs/ledger', 'libs/domain'],
  // Of the api only its door, loaded when `pdl serve` runs; of the log what replay and the benchmark measure.
  'apps/cli': ['libs/ledger', 'libs/domain', 'libs/event-store', 'apps/api'],
};
const PARTS = Object.keys(ARROWS);

const faults = faultsOfParts(__dirname, ARROWS);
if (faults.length > 0) throw new Error(faults.join('\n'));

const arrows = PARTS.map((part) => ({
  name: `arrow-${part}`,
  comment: `${part} may know: ${ARROWS[part].join(', ') || 'no other part'}`,
  severity: 'error',
  from: { path: `^${part}/` },
  to: { path: `^(libs|apps)/`, pathNot: `^(${[part, ...ARROWS[part]].join('|')})/` },
}));

const doors = PARTS.map((part) => ({
  name: `enter-${part}-by-a-door`,
  comment: 'another part is entered by an index.ts; those of libs are listed in package.json',
  severity: 'error',
  // A test of a whole app may look inside it.
  from: { path: part.startsWith('apps/') ? '^(libs|apps)/' : '.', pathNot: `^${part}/` },
  to: { path: `^${part}/src/`, pathNot: '/index\\.ts$' },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'client-brings-no-package',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'nest-stays-in-ledger-and-apps',
      severity: 'error',
      from: { pathNot: '^(libs/ledger|apps)/' },
      to: { path: 'node_modules/(@nestjs|class-validator|class-transformer|reflect-metadata)/' },
    },
    {
      name: 'core-loads-without-nest',
      comment:
        'what opens, verifies or replays a ledger starts at once: Nest comes with #ledger/bus, checked classes with /intake',
      severity: 'error',
      from: { path: '^libs/ledger/', pathNot: '(/src/(bus|intake)/|\\.spec\\.ts$)' },
      to: { path: 'node_modules/(@nestjs|class-validator|class-transformer|reflect-metadata)/' },
    },
    {
      name: 'core-stays-below-its-doors',
      comment:
        'the same from within: whoever wants the buses, or lines of CloudEvents, enters by their door',
      severity: 'error',
      from: { path: '^libs/ledger/', pathNot: '(/src/(bus|intake|importing)/|\\.spec\\.ts$)' },
      to: { path: '^libs/ledger/src/(bus|intake|importing)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drivers-stay-in-their-adapter',
      severity: 'error',
      // The index of a log on a server is a SQLite file too.
      from: { pathNot: '/(sqlite|eventstoredb)/' },
      to: { path: 'node_modules/@photostructure/' },
    },
    {
      name: 'postgresql-stays-in-its-adapter',
      comment: 'a driver of PostgreSQL is loaded by who uses one',
      severity: 'error',
      from: { pathNot: '(/postgres/|^test/postgresql/|^apps/cli/src/bench/peers/)' },
      to: { path: 'node_modules/(pg|@types/pg|kysely)/' },
    },
    {
      name: 'event-store-client-stays-in-its-adapter',
      severity: 'error',
      from: { pathNot: '/eventstoredb/' },
      to: { path: 'node_modules/(@eventstore|@grpc|google-protobuf)/' },
    },
    {
      name: 'one-event-store-client',
      comment: 'both in one process share a global name and break each other (ADR 13)',
      severity: 'error',
      from: {},
      to: { path: '@kurrent/' },
    },
    ...doors,
    {
      name: 'testing-only-in-specs',
      severity: 'error',
      from: { pathNot: '(\\.spec\\.ts$|^test/|/testing/)' },
      to: { path: '/testing/' },
    },
    {
      name: 'not-to-dev-dep',
      comment: 'a benchmark peer is loaded when it is measured, and may be absent',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '(\\.spec\\.ts$|/testing/|^apps/cli/src/bench/peers/)',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      mainFields: ['types', 'main'],
    },
  },
};
