/** Arrows of the architecture (ARCHITECTURE.md), checked in CI. */
const ARROWS = {
  domain: [],
  'event-store': [],
  vault: [],
  projections: ['event-store'],
  ledger: ['domain', 'event-store', 'vault', 'projections'],
};
const LIBS = Object.keys(ARROWS);

const arrows = LIBS.map((lib) => ({
  name: `arrow-${lib}`,
  comment: `libs/${lib} may know: ${ARROWS[lib].join(', ') || 'no other lib'}`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: `^libs/(?!${[lib, ...ARROWS[lib]].join('/|')}/)` },
}));

const doors = LIBS.map((lib) => ({
  name: `enter-${lib}-by-a-door`,
  comment: 'another lib is entered by an index.ts that package.json lists',
  severity: 'error',
  from: { pathNot: `^libs/${lib}/` },
  to: { path: `^libs/${lib}/src/`, pathNot: '/index\\.ts$' },
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
      name: 'drivers-stay-in-their-adapter',
      severity: 'error',
      from: { pathNot: '/sqlite/' },
      to: { path: 'node_modules/@photostructure/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-enter-through-ledger',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/(vault|projections)/' },
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
