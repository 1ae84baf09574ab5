import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConfig, type Config, inMemoryKVAdapter, type Plugin } from 'payload'
import sharp from 'sharp'
import { collections, inSidebarOrder } from './collections/index.ts'
import { explainRefusal } from './hooks/answers/explain-refusal.ts'
import { writeRefusal } from './hooks/audit/refusals.ts'
import { everyCollection } from './hooks/every-collection.ts'
import { withJobs } from './jobs/index.ts'
import { coreTasks } from './jobs/tasks/index.ts'
import { backup } from './plugins/backup/index.ts'
import { exports } from './plugins/exports/index.ts'
import { market } from './plugins/market/index.ts'
import { notifications } from './plugins/notifications/index.ts'
import { scraping } from './plugins/scraping/index.ts'
import { refuseEveryToken, type VerifyToken } from './src/access/owner-strategy.ts'
import { sealedQueries, sealInternals } from './src/access/seal-internals.ts'
import { stateAccess } from './src/access/state-access.ts'
import { trashMutations } from './src/access/trash-mutations.ts'
import { databaseAdapter } from './src/database/adapter.ts'
import type { OnLoss } from './src/database/pool.ts'
import { scheduleOf, type Settings, settingsOfProcess } from './src/env.ts'
import { noMail } from './src/mail/none.ts'

const root = path.dirname(fileURLToPath(import.meta.url))

/**
 * What the system is handed: who hears of database connections that break, who knows whom an owner's token speaks for, and rooms beside
 * its own.
 */
export type Ports = { onLoss?: OnLoss; verifyToken?: VerifyToken; rooms?: readonly Plugin[] }

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
    afterLogin: ['/src/admin/sign-in-help.tsx#SignInHelp'],
    views: {
      dashboard: { Component: '/src/admin/dashboard/lot-today.tsx#LotToday' },
      createFirstUser: { Component: '/src/admin/no-admin-yet.tsx#NoAdminYet' },
    },
  },
  avatar: 'default',
  dateFormat: 'd MMM yyyy, HH:mm',
}

/** The whole system on one page. */
export const forecourt = (
  settings: Settings,
  { onLoss = () => undefined, verifyToken = refuseEveryToken, rooms = [] }: Ports = {},
) =>
  buildConfig({
    secret: settings.PAYLOAD_SECRET ?? '',
    serverURL: settings.publicOrigin,
    cors: [...settings.CORS_ORIGINS],
    csrf: [settings.publicOrigin, ...settings.CORS_ORIGINS],
    cookiePrefix: 'forecourt',
    db: databaseAdapter(settings, onLoss),
    collections,
    plugins: [
      coreTasks(settings),
      scraping(),
      market({ pruneVinCache: scheduleOf(settings, 'SCHEDULE_PRUNE_VIN_CACHE') }),
      ...[notifications(), backup(), exports(), ...rooms],
      withJobs(),
      everyCollection(settings, verifyToken),
      inSidebarOrder(),
      stateAccess(),
    ],
    admin: PANEL,
    i18n: { translations: { en: { general: { noLabel: '–' } } } },
    hooks: { afterError: [explainRefusal, writeRefusal] },
    email: noMail,
    defaultDepth: 0,
    maxDepth: 2,
    graphQL: {
      maxComplexity: 300,
      mutations: trashMutations,
      queries: sealedQueries,
      schemaOutputFile: path.join(root, 'src/generated/schema.graphql'),
    },
    typescript: { autoGenerate: false, outputFile: path.join(root, 'src/generated/payload-types.ts') },
    upload: { limits: { fileSize: 20_000_000 }, abortOnLimit: true },
    kv: inMemoryKVAdapter(),
    sharp,
    telemetry: false,
    logger: { options: { level: settings.LOG_LEVEL } },
  }).then(sealInternals)

export default forecourt(settingsOfProcess())
