import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConfig, type Config, inMemoryKVAdapter, type Plugin } from 'payload'
import sharp from 'sharp'
import { collections, inSidebarOrder } from './collections/index.ts'
import { tellOwner } from './hooks/answers/tell-owner.ts'
import { explainRefusal } from './hooks/answers/explain-refusal.ts'
import { writeRefusal } from './hooks/audit/refusals.ts'
import { everyCollection } from './hooks/every-collection.ts'
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
import { refuseEveryToken, type VerifyToken } from './src/access/owner-tokens.ts'
import { sealedQueries, sealInternals } from './src/access/seal-internals.ts'
import { waysOf } from './src/access/sign-in-ways.ts'
import { stateAccess } from './src/access/state-access.ts'
import { trashMutations } from './src/access/trash-mutations.ts'
import { Rush } from './src/audit/rush.ts'
import { databaseAdapter } from './src/database/adapter.ts'
import type { OnLoss } from './src/database/pool.ts'
import { type Settings, settingsOfProcess } from './src/env.ts'
import { senderOf } from './src/mail/delivery-of-settings.ts'
import { Counters } from './src/guards/counters.ts'
import { SignInLimits } from './src/guards/sign-in-limits.ts'
import { outboxEmail } from './src/mail/email-adapter.ts'
import type { OwnerFiles } from './src/owners/files.ts'
import { owners } from './src/owners/index.ts'
import { logOptions } from './src/log/log-options.ts'

const root = path.dirname(fileURLToPath(import.meta.url))

/**
 * What the system is handed: who hears of database connections that break, who knows whom an owner's token speaks for, rooms beside
 * its own, what names the request or job that a log line is about, in a new object each time, who counts what becomes of mails, and
 * where owners' files are.
 */
export type Ports = {
  onLoss?: OnLoss
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
    graphics: { Logo: '/src/admin/brand.tsx#Logo', Icon: '/src/admin/brand.tsx#Icon' },
    beforeLogin: ['/src/admin/sign-in/ways-in.tsx#WaysIn'],
    afterLogin: ['/src/admin/sign-in/sign-in-help.tsx#SignInHelp'],
    afterNavLinks: ['/src/admin/jobs/jobs-link.tsx#JobsLink'],
    views: {
      login: { Component: '/src/admin/sign-in/sign-in-view.tsx#SignInView' },
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
  mutations: trashMutations,
  queries: sealedQueries,
  schemaOutputFile: path.join(root, 'src/generated/schema.graphql'),
}

/** What the code of requests and screens asks the configuration for. */
const known = (settings: Settings, counters = new Counters(settings.REDIS_URL)) => ({
  showsLinks: !settings.production,
  signIn: waysOf(settings),
  counters,
  signInLimits: new SignInLimits(counters),
  rush: new Rush(),
})

/** The whole system on one page. */
export const forecourt = (
  settings: Settings,
  { onLoss = () => undefined, verifyToken = refuseEveryToken, rooms = [], about = () => ({}), ...ports }: Ports = {},
) =>
  buildConfig({
    secret: settings.PAYLOAD_SECRET ?? '',
    serverURL: settings.publicOrigin,
    cors: [...settings.CORS_ORIGINS],
    csrf: [settings.publicOrigin, ...settings.CORS_ORIGINS],
    cookiePrefix: settings.production ? '__Host-forecourt' : 'forecourt',
    db: databaseAdapter(settings, onLoss),
    collections,
    plugins: [
      coreTasks(settings, ports),
      scraping(scrapingOptions(settings)),
      market({ ...marketOptionsOf(settings), competitorStock }),
      ...[notifications(), backup(), exports(), ...rooms],
      owners(settings, verifyToken, ports.files),
      withJobs(),
      everyCollection(settings, verifyToken),
      inSidebarOrder(),
      stateAccess(),
    ],
    admin: PANEL,
    i18n: { translations: { en: { general: { noLabel: '–' } } } },
    hooks: { afterError: [explainRefusal, tellOwner(verifyToken), writeRefusal] },
    email: outboxEmail(senderOf(settings)),
    custom: known(settings),
    defaultDepth: 0,
    maxDepth: 2,
    graphQL: GRAPHQL,
    typescript: { autoGenerate: false, outputFile: path.join(root, 'src/generated/payload-types.ts') },
    upload: { limits: { fileSize: 20_000_000 }, abortOnLimit: true },
    kv: inMemoryKVAdapter(),
    sharp,
    telemetry: false,
    loggingLevels: { AuthenticationError: 'info' }, // the trail keeps each one
    logger: { options: logOptions(settings, about) },
  }).then(sealInternals)

export default forecourt(settingsOfProcess())
