import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConfig, type Config, inMemoryKVAdapter, type Plugin, type SanitizedConfig } from 'payload'
import sharp from 'sharp'
import { collections, inSidebarOrder } from './collections/index.ts'
import { tellOwner } from './hooks/answers/tell-owner.ts'
import { explainRefusal } from './hooks/answers/explain-refusal.ts'
import { writeRefusal } from './hooks/audit/refusals.ts'
import { everyCollection } from './hooks/every-collection.ts'
import { dropCookies } from './hooks/people/own-password.ts'
import { withJobs } from './jobs/index.ts'
import { coreTasks } from './jobs/tasks/index.ts'
import type { OnMail } from './jobs/tasks/send-mail.ts'
import { competitorStock } from './jobs/workflows/competitor-stock.ts'
import { backup } from './plugins/backup/index.ts'
import { exports } from './plugins/exports/index.ts'
import { market } from './plugins/market/index.ts'
import { marketOptionsOf } from './plugins/market/options.ts'
import { notifications } from './plugins/notifications/index.ts'
import { scraping } from './plugins/scraping/index.ts'
import { scrapingOptions } from './plugins/scraping/options.ts'
import { bigIntFields } from './src/access/graphql-big-int.ts'
import { copyMutations } from './src/access/graphql-copies.ts'
import { readJoinedLists } from './src/access/graphql-joins.ts'
import { limitBodies } from './src/access/limit-bodies.ts'
import { refuseBadTokens } from './src/access/bad-token.ts'
import { refuseEveryToken, type VerifyToken } from './src/access/owner-tokens.ts'
import { withRowIds } from './src/access/row-ids.ts'
import { withRowVersions } from './src/access/row-version.ts'
import { sealedQueries, sealInternals } from './src/access/seal-internals.ts'
import { waysOf } from './src/access/sign-in-ways.ts'
import { stateAccess } from './src/access/state-access.ts'
import { trashMutations } from './src/access/trash-mutations.ts'
import { widenExpiry } from './src/access/wide-expiry.ts'
import { Rush } from './src/audit/rush.ts'
import { databaseAdapter } from './src/database/adapter.ts'
import type { OnLoss } from './src/database/pool.ts'
import { WriteTracker } from './src/database/request-writes.ts'
import { type Settings, settingsOfProcess } from './src/env.ts'
import { senderOf } from './src/mail/delivery-of-settings.ts'
import { Counters } from './src/guards/counters.ts'
import { readOwnerLimits } from './src/guards/owner-limits.ts'
import { SignInLimits } from './src/guards/sign-in-limits.ts'
import { withIdempotencyKeys } from './src/idempotency/with-idempotency-keys.ts'
import { outboxEmail } from './src/mail/email-adapter.ts'
import type { OwnerFiles } from './src/owners/files.ts'
import { owners } from './src/owners/index.ts'
import { logOptions } from './src/log/log-options.ts'
import { withFileAnswers } from './src/uploads/file-endpoints.ts'
import { guardBodies } from './src/uploads/guard-bodies.ts'
import { withoutCache } from './src/uploads/image-cache.ts'
import { uploadSettings } from './src/uploads/temp-files.ts'
import { UploadSlots } from './src/uploads/upload-slots.ts'

const root = path.dirname(fileURLToPath(import.meta.url))

/**
 * Dependencies from outside: the callback for broken database connections, the tracker of a request's writes, the verifier of owners'
 * tokens, additional plugins, the context of a log line (a new object each time), the callback that counts the results of mails, and
 * where owners' files are.
 */
export type Ports = {
  onLoss?: OnLoss
  writes?: WriteTracker
  verifyToken?: VerifyToken
  rooms?: readonly Plugin[]
  about?: () => Record<string, unknown>
  onMail?: OnMail
  files?: OwnerFiles
}

/** The panel: for staff alone. */
const PANEL: Config['admin'] = {
  user: 'users',
  importMap: { baseDir: root, importMapFile: path.join(root, 'src/admin/app/(payload)/admin/importMap.js') },
  meta: {
    titleSuffix: ' · Forecourt',
    defaultOGImageType: 'off',
    icons: [{ rel: 'icon', type: 'image/svg+xml', url: '/admin/icon.svg' }],
  },
  components: {
    providers: ['/src/admin/session-keeper.tsx#SessionKeeper', '/src/admin/refusals/whole-refusals.tsx#WholeRefusals'],
    graphics: { Logo: '/src/admin/brand.tsx#Logo', Icon: '/src/admin/brand.tsx#Icon' },
    beforeLogin: ['/src/admin/sign-in/ways-in.tsx#WaysIn'],
    afterLogin: ['/src/admin/sign-in/sign-in-help.tsx#SignInHelp'],
    afterNavLinks: ['/src/admin/jobs/jobs-link.tsx#JobsLink'],
    views: {
      login: { Component: '/src/admin/sign-in/sign-in-view.tsx#SignInView' },
      forgot: { Component: '/src/admin/sign-in/forgot-view.tsx#ForgotView' },
      logout: { Component: '/src/admin/sign-in/sign-out-view.tsx#SignOutView' },
      dashboard: { Component: '/src/admin/dashboard/lot-today.tsx#LotToday' },
      createFirstUser: { Component: '/src/admin/no-admin-yet.tsx#NoAdminYet' },
      jobs: { path: '/jobs', exact: true, meta: { title: 'Jobs' }, Component: '/src/admin/jobs/jobs-view.tsx#JobsView' },
    },
  },
  avatar: 'default',
  dateFormat: 'd MMM yyyy, HH:mm',
}

const GRAPHQL: Config['graphQL'] = {
  maxComplexity: 300,
  mutations: (graphql, parts) => ({
    ...trashMutations(graphql, parts),
    ...copyMutations(graphql, parts),
    ...bigIntFields(graphql, parts),
  }),
  queries: (graphql, context) => ({
    ...sealedQueries(graphql, context),
    ...widenExpiry(graphql, context),
    ...readJoinedLists(graphql, context),
  }),
  schemaOutputFile: path.join(root, 'src/generated/schema.graphql'),
}

/** What the code of requests and screens asks the configuration for. */
const known = (settings: Settings, counters = new Counters(settings.REDIS_URL)) => ({
  showsLinks: !settings.production,
  signIn: waysOf(settings),
  takesOwners: settings.OWNERS_ISSUER !== undefined,
  counters,
  signInLimits: new SignInLimits(counters),
  ownerLimits: readOwnerLimits(settings),
  rush: new Rush(),
  uploadSlots: new UploadSlots({ inAll: settings.UPLOADS_AT_ONCE, perClient: settings.UPLOADS_AT_ONCE_EACH }),
})

/** The rooms, then what holds for every collection. */
const plugins = (settings: Settings, verifyToken: VerifyToken, { rooms = [], ...ports }: Ports): Plugin[] => [
  coreTasks(settings, ports),
  scraping(scrapingOptions(settings)),
  market({ ...marketOptionsOf(settings), competitorStock }),
  ...[notifications(), backup(), exports(), ...rooms],
  owners(settings, verifyToken, ports.files),
  withJobs(),
  everyCollection(settings, verifyToken),
  inSidebarOrder(),
  stateAccess(),
]

/** Wraps the endpoints of the complete configuration, from outside: staff-only access, body limits, access before bodies, and keys. */
const protectEndpoints = (config: SanitizedConfig, { DB_POOL_MAX }: Settings, verifyToken: VerifyToken) => {
  const guarded = limitBodies(guardBodies(withIdempotencyKeys(withRowVersions(withFileAnswers(config)), DB_POOL_MAX)))
  return refuseBadTokens(withRowIds(sealInternals(guarded)), verifyToken)
}

/** The whole system on one page. */
export const forecourt = (
  settings: Settings,
  {
    onLoss = () => undefined,
    verifyToken = refuseEveryToken,
    rooms = [],
    about = () => ({}),
    writes = new WriteTracker(),
    ...ports
  }: Ports = {},
) =>
  buildConfig({
    secret: settings.PAYLOAD_SECRET ?? '',
    serverURL: settings.publicOrigin,
    cors: [...settings.CORS_ORIGINS],
    csrf: [settings.publicOrigin, ...settings.CORS_ORIGINS],
    cookiePrefix: settings.production ? '__Host-forecourt' : 'forecourt',
    db: databaseAdapter(settings, onLoss, writes),
    collections,
    plugins: plugins(settings, verifyToken, { ...ports, rooms }),
    admin: PANEL,
    i18n: { translations: { en: { general: { noLabel: '–', noResults: 'No {{label}} yet.' } } } },
    hooks: { afterError: [explainRefusal, tellOwner(verifyToken), writeRefusal, dropCookies] },
    email: outboxEmail(senderOf(settings)),
    custom: known(settings),
    defaultDepth: 0,
    maxDepth: 2,
    graphQL: GRAPHQL,
    typescript: { autoGenerate: false, outputFile: path.join(root, 'src/generated/payload-types.ts') },
    upload: uploadSettings(settings),
    kv: inMemoryKVAdapter(),
    sharp: withoutCache(sharp),
    telemetry: false,
    loggingLevels: { AuthenticationError: 'info' }, // the trail keeps each one
    logger: { options: logOptions(settings, about) },
  }).then((config) => protectEndpoints(config, settings, verifyToken))

export default forecourt(settingsOfProcess())
