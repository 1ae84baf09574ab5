import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  buildConfig,
  type Config,
  inMemoryKVAdapter,
  type Plugin,
  type SanitizedConfig,
} from 'payload'
import { collections, sortForSidebar } from './collections/index.ts'
import { formatOwnerError } from './hooks/errors/format-owner-error.ts'
import { formatError } from './hooks/errors/format-error.ts'
import { auditDenied } from './hooks/audit/audit-denied.ts'
import { decorateCollections } from './hooks/decorate-collections.ts'
import { dropCookies } from './src/auth/staff/own-password.ts'
import { withJobs } from './jobs/index.ts'
import { registerCoreTasks } from './jobs/tasks/index.ts'
import type { OnMail } from './jobs/tasks/send-mail.ts'
import { loadCompetitorChanges } from './jobs/workflows/competitor-changes.ts'
import { loadCompetitorStock } from './jobs/workflows/competitor-stock.ts'
import { backupPlugin } from './plugins/backup/index.ts'
import { exportsPlugin } from './plugins/exports/index.ts'
import { buildExportOptions } from './plugins/exports/options.ts'
import { marketPlugin } from './plugins/market/index.ts'
import { buildMarketOptions } from './plugins/market/options.ts'
import { notificationsPlugin } from './plugins/notifications/index.ts'
import { scraping } from './plugins/scraping/index.ts'
import { getScrapingOptions } from './plugins/scraping/options.ts'
import { applyBigIntScalar } from './src/api/graphql/big-int.ts'
import { relaxDuplicateMutations } from './src/api/graphql/duplicate-mutations.ts'
import { readJoinedLists } from './src/api/graphql/joins.ts'
import { withCachedLists } from './src/api/cached-lists.ts'
import { limitBodies } from './src/api/limit-bodies.ts'
import { refuseBadTokens } from './src/auth/owners/bad-token.ts'
import { rejectEveryToken, type VerifyToken } from './src/auth/owners/owner-tokens.ts'
import { withRowIds } from './src/api/row-ids.ts'
import { withRowVersions } from './src/api/row-version.ts'
import {
  removeInternalQueries,
  restrictInternalCollections,
} from './src/access/restrict-internals.ts'
import { buildSignInMethods } from './src/auth/staff/sign-in-methods.ts'
import { requireExplicitAccess } from './src/access/require-explicit-access.ts'
import { buildTrashMutations } from './src/api/trash/trash-mutations.ts'
import { derivePreviousSecrets } from './src/auth/sessions/signing-secrets.ts'
import { widenExpiry } from './src/auth/sessions/graphql-expiry.ts'
import { ReadCache } from './src/cache/read-cache.ts'
import { RedisConnection } from './src/cache/redis-connection.ts'
import { WriteCoalescer } from './src/audit/write-coalescer.ts'
import { createDatabaseAdapter } from './src/database/adapter.ts'
import type { OnDisconnect } from './src/database/pool.ts'
import { WriteTracker } from './src/database/request-writes.ts'
import type { Settings } from './src/env.ts'
import { getMailSender } from './src/mail/create-delivery.ts'
import { RateLimiter } from './src/auth/rate-limits/rate-limiter.ts'
import { readOwnerLimits } from './src/auth/rate-limits/owner-limits.ts'
import { SignInLimits } from './src/auth/rate-limits/sign-in-limits.ts'
import { withIdempotencyKeys } from './src/api/idempotency/with-idempotency-keys.ts'
import { createOutboxAdapter } from './src/mail/email-adapter.ts'
import { createOwnerFiles, type OwnerFiles } from './src/owners/files.ts'
import { catalogPlugin } from './src/catalog/index.ts'
import { HeicDecoder } from './src/documents/adapters/heic/heic-decoder.ts'
import { documentsPlugin } from './src/documents/index.ts'
import { garagePlugin } from './src/garage/index.ts'
import { lotPlugin } from './src/lot/index.ts'
import { photosPlugin } from './src/photos/index.ts'
import { ownersPlugin } from './src/owners/index.ts'
import { sharingPlugin } from './src/sharing/index.ts'
import { PublicCarReader } from './src/public-site/load-public-cars.ts'
import { StockCache } from './src/public-site/stock-cache.ts'
import { publicSitePlugin } from './src/public-site/index.ts'
import { stationsPlugin } from './src/stations/index.ts'
import { createConfiguredCaptcha } from './src/submissions/create-captcha.ts'
import { submissionsPlugin } from './src/submissions/index.ts'
import { vehicleHistoryPlugin } from './src/vehicle-history/index.ts'
import { createVinSources } from './src/vin/sources.ts'
import { vinPlugin } from './src/vin/index.ts'
import { createLogOptions } from './src/log/log-options.ts'
import type { Services } from './src/services.ts'
import { createStorages, type Storages } from './src/storage/storages.ts'
import { correctFileEndpoints } from './src/uploads/file-endpoints.ts'
import { guardBodies } from './src/uploads/guard-bodies.ts'
import { lazySharp } from './src/uploads/lazy-sharp.ts'
import { buildUploadSettings } from './src/uploads/temp-files.ts'
import { createConfiguredScanner } from './src/uploads/scan/create-scanner.ts'
import { UploadSlots } from './src/uploads/upload-slots.ts'

const root = path.dirname(fileURLToPath(import.meta.url))

/**
 * Dependencies from outside: the callback for broken database connections, the tracker of a
 * request's writes, the verifier of owners' tokens, additional plugins, the context of a log line
 * (a new object each time), and the callback that counts the results of mails.
 */
export type Dependencies = {
  onConnectionLost?: OnDisconnect
  writes?: WriteTracker
  verifyToken?: VerifyToken
  extraPlugins?: readonly Plugin[]
  getLogContext?: () => Record<string, unknown>
  onMail?: OnMail
}

/** The panel: for staff alone. Its screens read `custom`. */
const buildPanel = ({ CURRENCY }: Settings): NonNullable<Config['admin']> => ({
  custom: { currency: CURRENCY },
  user: 'users',
  importMap: {
    baseDir: root,
    importMapFile: path.join(root, 'src/admin/app/(payload)/admin/importMap.js'),
  },
  meta: {
    titleSuffix: ' · Forecourt',
    defaultOGImageType: 'off',
    icons: [{ rel: 'icon', type: 'image/svg+xml', url: '/admin/icon.svg' }],
  },
  components: {
    providers: [
      '/src/admin/session-keeper.tsx#SessionKeeper',
      '/src/admin/errors/full-error-messages.tsx#FullErrorMessages',
    ],
    graphics: { Logo: '/src/admin/brand.tsx#Logo', Icon: '/src/admin/brand.tsx#Icon' },
    beforeLogin: ['/src/admin/sign-in/sign-in-methods.tsx#WaysIn'],
    afterLogin: ['/src/admin/sign-in/sign-in-help.tsx#SignInHelp'],
    afterNavLinks: ['/src/admin/jobs/jobs-link.tsx#JobsLink'],
    views: {
      login: { Component: '/src/admin/sign-in/sign-in-view.tsx#SignInView' },
      forgot: { Component: '/src/admin/sign-in/forgot-view.tsx#ForgotView' },
      logout: { Component: '/src/admin/sign-in/sign-out-view.tsx#SignOutView' },
      dashboard: { Component: '/src/admin/dashboard/lot-today.tsx#LotToday' },
      createFirstUser: { Component: '/src/admin/no-admin-yet.tsx#NoAdminYet' },
      jobs: {
        path: '/jobs',
        exact: true,
        meta: { title: 'Jobs' },
        Component: '/src/admin/jobs/jobs-view.tsx#JobsView',
      },
    },
  },
  avatar: 'default',
  dateFormat: 'MMM d, yyyy, h:mm a',
})

const GRAPHQL: Config['graphQL'] = {
  maxComplexity: 300,
  mutations: (graphql, parts) => ({
    ...buildTrashMutations(graphql, parts),
    ...relaxDuplicateMutations(graphql, parts),
    ...applyBigIntScalar(graphql, parts),
  }),
  queries: (graphql, context) => ({
    ...removeInternalQueries(graphql, context),
    ...widenExpiry(graphql, context),
    ...readJoinedLists(graphql, context),
  }),
  schemaOutputFile: path.join(root, 'src/generated/schema.graphql'),
}

/** The services of one process, which requests and screens reach through the configuration. */
const createServices = (
  settings: Settings,
  storages: Storages,
  redis = settings.REDIS_URL ? new RedisConnection(settings.REDIS_URL) : null,
  rateLimiter = new RateLimiter(redis),
): Omit<Services, 'jobs' | 'tasks' | 'timelineSources'> => ({
  redis,
  readCache: new ReadCache(redis),
  stockCache: new StockCache(),
  publicCars: new PublicCarReader(),
  showsLinks: !settings.production,
  lotTimeZone: settings.SCHEDULE_TIME_ZONE,
  previousSecrets: derivePreviousSecrets(settings),
  signIn: buildSignInMethods(settings),
  acceptsOwners: settings.OWNERS_ISSUER !== undefined,
  rateLimiter,
  signInLimits: new SignInLimits(rateLimiter),
  ownerLimits: readOwnerLimits(settings),
  writeCoalescer: new WriteCoalescer(),
  storages,
  vinSources: createVinSources(settings),
  heicDecoder: new HeicDecoder(),
  captcha: createConfiguredCaptcha(settings),
  uploadScanner: createConfiguredScanner(settings),
  uploadSlots: new UploadSlots({
    total: settings.UPLOADS_AT_ONCE,
    perClient: settings.UPLOADS_AT_ONCE_EACH,
  }),
})

/** The rooms, then what holds for every collection. */
const buildPlugins = (
  settings: Settings,
  verifyToken: VerifyToken,
  { extraPlugins = [], ...ports }: Dependencies & { files: OwnerFiles },
): Plugin[] => [
  registerCoreTasks(settings, ports),
  scraping(getScrapingOptions(settings)),
  marketPlugin({
    ...buildMarketOptions(settings),
    competitorStock: loadCompetitorStock,
    competitorChanges: loadCompetitorChanges,
  }),
  notificationsPlugin(),
  backupPlugin(),
  exportsPlugin(buildExportOptions(settings)),
  ...extraPlugins,
  ownersPlugin(settings, verifyToken, ports.files),
  lotPlugin(settings),
  publicSitePlugin(),
  photosPlugin(settings),
  garagePlugin(settings),
  documentsPlugin(settings),
  sharingPlugin(ports.files),
  vehicleHistoryPlugin(),
  catalogPlugin(),
  vinPlugin(),
  stationsPlugin(settings),
  submissionsPlugin(settings),
  withJobs(),
  decorateCollections(settings, verifyToken),
  sortForSidebar(),
  requireExplicitAccess(),
]

/**
 * Wraps the endpoints of the complete configuration, from outside: staff-only access, body limits,
 * access before bodies, and keys.
 */
const protectEndpoints = (
  config: SanitizedConfig,
  { DB_POOL_MAX }: Settings,
  verifyToken: VerifyToken,
) => {
  const guarded = limitBodies(
    guardBodies(
      withIdempotencyKeys(
        withRowVersions(withCachedLists(correctFileEndpoints(config))),
        DB_POOL_MAX,
      ),
    ),
  )
  return refuseBadTokens(withRowIds(restrictInternalCollections(guarded)), verifyToken)
}

/** The whole system on one page. */
export const buildForecourtConfig = (
  settings: Settings,
  {
    onConnectionLost = () => undefined,
    verifyToken = rejectEveryToken,
    extraPlugins = [],
    getLogContext = () => ({}),
    writes = new WriteTracker(),
    ...ports
  }: Dependencies = {},
) => {
  const storages = createStorages(settings)
  const files = createOwnerFiles(storages.owners)
  return buildConfig({
    secret: settings.PAYLOAD_SECRET ?? '',
    serverURL: settings.publicOrigin,
    cors: [...settings.CORS_ORIGINS],
    csrf: [settings.publicOrigin, ...settings.CORS_ORIGINS],
    cookiePrefix: settings.production ? '__Host-forecourt' : 'forecourt',
    db: createDatabaseAdapter(settings, onConnectionLost, writes),
    collections,
    plugins: buildPlugins(settings, verifyToken, { ...ports, files, extraPlugins }),
    admin: buildPanel(settings),
    i18n: { translations: { en: { general: { noLabel: '–', noResults: 'No {{label}} yet.' } } } },
    hooks: { afterError: [formatError, formatOwnerError(verifyToken), auditDenied, dropCookies] },
    email: createOutboxAdapter(getMailSender(settings)),
    custom: { services: createServices(settings, storages) },
    defaultDepth: 0,
    maxDepth: 2,
    graphQL: GRAPHQL,
    typescript: {
      autoGenerate: false,
      outputFile: path.join(root, 'src/generated/payload-types.ts'),
    },
    upload: buildUploadSettings(settings),
    kv: inMemoryKVAdapter(),
    sharp: lazySharp,
    telemetry: false,
    loggingLevels: { AuthenticationError: 'info' }, // the audit log keeps each one
    logger: { options: createLogOptions(settings, getLogContext) },
  }).then((config) => protectEndpoints(config, settings, verifyToken))
}
