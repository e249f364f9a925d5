import eslintParser from 'typescript-eslint';

const budgets = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  // A switch over a closed union is one decision, however many members the union has.
  complexity: ['error', { max: 8, variant: 'modified' }],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
};

const types = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/explicit-module-boundary-types': 'error',
  '@typescript-eslint/strict-boolean-expressions': 'error',
  '@typescript-eslint/no-unnecessary-condition': 'error',
  '@typescript-eslint/await-thenable': 'error',
};

const shape = {
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'name what you export' },
    { selector: 'ExportAllDeclaration', message: 'a door is a hand-written list of names' },
  ],
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-console': 'error',
};

const PURE = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'time is a parameter',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'time is a parameter',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'randomness is a parameter',
  },
];

export default [
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'coverage/**',
      'reports/**',
      '.stryker-tmp/**',
      'scripts/**',
      'libs/client/src/generated/**',
      '*.js',
      '*.cjs',
    ],
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: eslintParser.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': eslintParser.plugin },
    rules: { ...budgets, ...types, ...shape },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': [...shape['no-restricted-syntax'], ...PURE] },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/testing/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  {
    // Rows of the law and their tables are data: long, flat, read row by row.
    files: ['libs/domain/src/law/rows/*.ts', 'libs/domain/src/calendar/holidays.ts'],
    rules: { 'max-lines': 'off' },
  },
];
