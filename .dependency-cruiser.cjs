/** Which way things point. Every rule says in its comment what to do instead. */

const ROOM = '^plugins/([^/]+)/'
const ADMIN = '^(src/admin|plugins/[^/]+/admin)/'
const DOMAIN = '^(src/domain|src/[^/]+/domain|src/[^/]+/[^/]+/domain|plugins/[^/]+/domain)/'
/** The libraries a pure rule may stand on. */
const PURE_LIBRARIES =
  '(^|/)node_modules/(zod|simple-statistics|big\\.js|@types/big\\.js|date-fns|@date-fns/tz|' +
  'ipaddr\\.js)/'
/** The libraries that send requests. */
const HTTP_CLIENTS = '(^|/)node_modules/(undici|proxy-chain|axios|got|ky|node-fetch)/'
/** The SDK of S3. */
const S3_CLIENT = '(^|/)node_modules/(@aws-sdk|@smithy)/'
const PAYLOAD = '(^|/)node_modules/(payload|@payloadcms)/'
const PRODUCT = '^(payload\\.config\\.ts|src|collections|hooks|jobs|plugins)(/|$)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'Domain code imports only domain code: pass in values, and let the caller read and write.',
      severity: 'error',
      from: { path: DOMAIN },
      to: { pathNot: [DOMAIN, PURE_LIBRARIES] },
    },
    {
      name: 'shared-domain-knows-no-room',
      comment: 'What src/domain needs from a room belongs in src/domain.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^(plugins|src/(garage|catalog|vin|stations))/' },
    },
    {
      name: 'rooms-are-closed',
      comment: 'Rooms meet in jobs/workflows by task name, and through tables in collections/.',
      severity: 'error',
      from: { path: ROOM },
      to: { path: '^plugins/[^/]+/', pathNot: '^plugins/$1/' },
    },
    {
      name: 'adapters-know-no-payload',
      comment: 'An adapter only implements a port: the room passes in what it needs.',
      severity: 'error',
      from: { path: '^(plugins|src)/[^/]+/adapters/' },
      to: {
        path: [
          PAYLOAD,
          '^(plugins|src)/[^/]+/(runs|tasks|collections|endpoints|admin)/',
          '^(plugins|src)/[^/]+/store(/|\\.ts$)',
        ],
      },
    },
    {
      name: 'store-and-options-are-below',
      comment: 'Tasks and endpoints use the store and the options, never the other way around.',
      severity: 'error',
      from: { path: '^plugins/[^/]+/(runs/|store/|(store|options)\\.ts$)' },
      to: { path: '^plugins/[^/]+/(index\\.ts$|tasks/|endpoints/|collections/)' },
    },
    {
      name: 'store-knows-no-use-case',
      comment: 'A store saves and loads values; what to do with them is decided in runs/.',
      severity: 'error',
      from: { path: '^plugins/[^/]+/store(/|\\.ts$)' },
      to: { path: '^plugins/[^/]+/(runs|adapters)/' },
    },
    {
      name: 'collections-stand-alone',
      comment:
        'A table and its hooks work without any plugin, job, server or screen. Screens are ' +
        'named by a string.',
      severity: 'error',
      from: { path: '^(collections|hooks)/' },
      to: { path: '^(plugins|jobs|src/server|src/admin)/' },
    },
    {
      name: 'building-blocks-are-below',
      comment:
        'Fields, access rules, the database, the cache and the storage are what collections are ' +
        'made of.',
      severity: 'error',
      from: { path: '^src/(fields|access|auth|api|database|cache|storage|env\\.ts)' },
      to: { path: '^(collections|plugins|jobs|src/server|src/admin|src/commands)/' },
    },
    {
      name: 'configuration-knows-no-server',
      comment:
        'src/server builds on payload.config.ts; the admin is not rebuilt when only the ' +
        'server changed.',
      severity: 'error',
      from: { path: '^(payload\\.config\\.ts$|jobs/|plugins/)' },
      to: { path: '^src/(server|commands|bootstrap|lint)(/|$)', reachable: true },
    },
    {
      name: 'admin-is-a-leaf',
      comment:
        'Screens use the rest; the rest names them by a string in the import map. Put what ' +
        'both need in a domain folder.',
      severity: 'error',
      from: { pathNot: [ADMIN, '^test/'] },
      to: { path: ADMIN },
    },
    {
      name: 'one-http-client',
      comment:
        'Send requests to other servers with Egress or createWebFetch of src/egress, which guard ' +
        'and limit them.',
      severity: 'error',
      from: { pathNot: ['^src/egress/', '^test/'] },
      to: { path: HTTP_CLIENTS },
    },
    {
      name: 'one-s3-client',
      comment:
        'Store files with the port of src/storage. The SDK sends its own requests, so only ' +
        'src/storage/s3 may use it.',
      severity: 'error',
      from: { pathNot: ['^src/storage/s3/', '^test/'] },
      to: { path: S3_CLIENT },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'Code that the product needs belongs in the product, not in test/.',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: '^test/' },
    },
    {
      name: 'product-runs-without-dev-dependencies',
      comment:
        'Move the package to `dependencies`; `npm start` on a server does not need the tools.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^src/(lint|bootstrap)' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '/node_modules/@types/',
      },
    },
    {
      name: 'no-cycles',
      comment: 'Merge files that import each other, or move what they share to a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'The file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.build|\\.data|coverage)(/|$)|next-env\\.d\\.ts$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
}
