import tseslint from 'typescript-eslint'
import { noLiteralSpread } from './src/lint/no-literal-spread.mjs'
import { noRetiredWords } from './src/lint/no-retired-words.mjs'
import { requireAccessArguments } from './src/lint/require-access-arguments.mjs'

/** What reads the environment: the settings, and what runs before or around the product. */
const MAY_READ_ENVIRONMENT = [
  'src/env.ts',
  'src/bootstrap/**',
  '*.config.*',
  'src/admin/*.config.*',
  'test/{support,bench,drills,runtime}/**',
]
/** Whose default export a tool asks for. */
const DEFAULT_EXPORTS = [
  '*.config.*',
  'src/admin/*.config.*',
  'src/admin/app/**',
  'src/bootstrap/test-counts.mjs',
  'test/support/global-*.ts',
]
const GENERATED = [
  'src/generated/**',
  'src/admin/app/(payload)/admin/importMap.js',
  '**/next-env.d.ts',
]
const MIGRATIONS = 'src/database/migrations/**/*.ts'

const ENVIRONMENT = 'src/env.ts reads the environment once: use its Settings.'
const ONE_CLIENT =
  'Requests to other servers go through src/egress, which guards and limits them: use Egress or ' +
  'createWebFetch.'
const WEAK_SIGNAL =
  'Use withTimeLimit of src/egress/time-limit.ts: the garbage collector may remove this signal.'
const STATE =
  'Every module is evaluated twice (Node, and Next’s bundle): keep state in what main.ts ' +
  'creates and passes down, or in the database.'
const SWALLOWED = 'Handle this error: return a value, log it, or throw another with { cause }.'
const TOP = ':matches(Program, ExportNamedDeclaration) > VariableDeclaration'

/**
 * In the bundle of the server, a CommonJS package that is imported lazily has only a default
 * export. The packages named here are used by their default export or stay outside the bundle.
 */
const lazyPackage = {
  selector: 'ImportExpression[source.value=/^(?!\\.|node:|next$|uplot$|payload|@payloadcms)/]',
  message: 'Import the package in a file of its own, and that file lazily: see decision 45',
}

/** Node removes a type together with the semicolon that begins the next line: `;(a ? b : c)()`. */
const typeBeforeCall = {
  selector:
    ':matches(TSTypeAliasDeclaration, TSInterfaceDeclaration) + ExpressionStatement > ' +
    'CallExpression > ConditionalExpression.callee',
  message: 'Declare the type before another statement: Node removes it with its semicolon.',
}

const environmentImports = [{ name: 'node:process', importNames: ['env'], message: ENVIRONMENT }]
const restrictedProperties = [{ object: 'process', property: 'env', message: ENVIRONMENT }]
/** Of signals that the garbage collector may remove while someone waits for them. */
const weakSignals = ['timeout', 'any'].map((property) => ({
  object: 'AbortSignal',
  property,
  message: WEAK_SIGNAL,
}))
const moduleState = [
  { selector: `${TOP}[kind="let"]`, message: STATE },
  {
    selector:
      `${TOP} > VariableDeclarator > ` +
      'NewExpression[callee.name=/^(Weak)?(Map|Set)$/][arguments.length=0]',
    message: STATE,
  },
]
const swallowedErrors = [
  { selector: 'CatchClause > BlockStatement[body.length=0]', message: SWALLOWED },
  {
    selector:
      'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > ' +
      'BlockStatement[body.length=0]',
    message: SWALLOWED,
  },
]
const untypedServices = {
  selector:
    'MemberExpression[property.name="custom"]' +
    ':matches([object.name="config"], [object.property.name="config"])',
  message: 'Reach services with getService() of src/services.ts, which types them.',
}
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export, so that everyone imports it under the same name.',
}
const weakTests = [
  {
    selector:
      'MemberExpression[object.name="jest"][property.name=/^(mock|doMock|unstable_mockModule)$/]',
    message: 'Pass in another adapter instead of mocking a module.',
  },
  {
    selector: 'MemberExpression[property.name=/Snapshot$/]',
    message: 'Assert the expected result, so that a reader can check it.',
  },
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name="only"]',
    message: 'Remove .only: it skips all other tests.',
  },
]
const CLOCK =
  'No test judges by the clock, which depends on the machine: count what happened, measure the ' +
  'processor (test/support/processor-time.ts), or state the shortest pause (pauses.ts, ' +
  'slot-log.ts).'
const WAIT = 'Wait for the thing itself: waitUntil() of test/support/work.ts.'
const NOW = '[callee.object.name="Date"][callee.property.name="now"]'
const clocks = [
  { selector: 'MemberExpression[object.name="performance"][property.name="now"]', message: CLOCK },
  {
    selector: 'MemberExpression[object.name="process"][property.name=/^(hrtime|cpuUsage)$/]',
    message: CLOCK,
  },
  { selector: 'Identifier[name="monitorEventLoopDelay"]', message: CLOCK },
  { selector: `BinaryExpression[operator="-"] > CallExpression.right${NOW}`, message: CLOCK },
  {
    selector:
      'BinaryExpression[operator="-"][right.type=/^(Identifier|(Member|Call|New)Expression)$/] > ' +
      `CallExpression.left${NOW}`,
    message: CLOCK,
  },
  { selector: `BinaryExpression[operator=/[<>]/] > CallExpression${NOW}`, message: WAIT },
  { selector: 'MemberExpression[property.name="waitForTimeout"]', message: WAIT },
]

export default tseslint.config(
  {
    ignores: ['node_modules', '.data', '**/.next', '**/.build', 'media', 'coverage', ...GENERATED],
  },
  { linterOptions: { noInlineConfig: true } },
  {
    name: 'forecourt/everywhere',
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    languageOptions: { parser: tseslint.parser },
    plugins: {
      '@typescript-eslint': tseslint.plugin,
      forecourt: {
        rules: {
          'no-literal-spread': noLiteralSpread,
          'no-retired-words': noRetiredWords,
          'require-access-arguments': requireAccessArguments,
        },
      },
    },
    rules: {
      eqeqeq: 'error',
      'max-len': ['error', { code: 100, ignoreUrls: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: environmentImports }],
      'no-restricted-properties': ['error', ...restrictedProperties],
      'no-restricted-syntax': [
        'error',
        ...moduleState,
        ...swallowedErrors,
        untypedServices,
        lazyPackage,
        typeBeforeCall,
        defaultExport,
      ],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'preserve-caught-error': 'error',
      'forecourt/no-literal-spread': 'error',
      'forecourt/no-retired-words': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
      ],
    },
  },
  {
    name: 'forecourt/typed',
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'forecourt/require-access-arguments': 'error',
    },
  },
  {
    name: 'forecourt/no-request-leads-here',
    files: [
      'test/**/*.ts',
      'src/commands/**/*.ts',
      'src/demo/**/*.ts',
      'src/imports/**/*.ts',
      'src/server/first-admin.ts',
      MIGRATIONS,
    ],
    rules: { 'forecourt/require-access-arguments': ['error', { needsReq: false }] },
  },
  {
    /* Browser code sends requests to its own server; everything else to others. */
    name: 'forecourt/one-http-client',
    files: ['{src,plugins,jobs,collections,hooks}/**/*.{ts,tsx,mjs}'],
    ignores: ['src/egress/**', 'src/admin/**', 'plugins/*/admin/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: ONE_CLIENT }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...environmentImports,
            { name: 'node:http', importNames: ['default', 'get', 'request'], message: ONE_CLIENT },
            { name: 'node:https', message: ONE_CLIENT },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        ...restrictedProperties,
        ...weakSignals,
        { object: 'globalThis', property: 'fetch', message: ONE_CLIENT },
      ],
    },
  },
  {
    name: 'forecourt/signals-of-requests',
    files: ['src/egress/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...restrictedProperties, ...weakSignals] },
  },
  {
    name: 'forecourt/reads-the-environment',
    files: MAY_READ_ENVIRONMENT,
    rules: { 'no-restricted-imports': 'off', 'no-restricted-properties': 'off' },
  },
  {
    name: 'forecourt/default-exports',
    files: DEFAULT_EXPORTS,
    rules: { 'no-restricted-syntax': ['error', ...moduleState, ...swallowedErrors] },
  },
  {
    name: 'forecourt/long-literals-of-tests',
    files: ['test/**', '*.config.*'],
    rules: {
      'max-len': [
        'error',
        {
          code: 100,
          ignoreUrls: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
        },
      ],
    },
  },
  {
    name: 'forecourt/specs',
    files: ['test/**/*.spec.{ts,mjs}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...swallowedErrors,
        typeBeforeCall,
        defaultExport,
        ...weakTests,
        ...clocks,
      ],
    },
  },
  {
    /* The audit log's rows hold a key `asked`; the rule's spec holds what the rule refuses. */
    name: 'forecourt/keeps-retired-words',
    files: ['src/domain/audit-change.ts', 'test/lint/no-retired-words.spec.ts'],
    rules: { 'forecourt/no-retired-words': 'off' },
  },
  {
    name: 'forecourt/generated-then-reviewed',
    files: [MIGRATIONS],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      'forecourt/no-retired-words': 'off',
      'max-len': 'off',
    },
  },
)
