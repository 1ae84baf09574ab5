import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConfig, inMemoryKVAdapter } from 'payload'
import sharp from 'sharp'
import { collections } from './collections/index.ts'
import { explainRefusal } from './hooks/answers/explain-refusal.ts'
import { withLimits } from './src/access/limits.ts'
import { databaseAdapter } from './src/database/adapter.ts'
import type { OnLoss } from './src/database/pool.ts'
import { type Settings, settingsOfProcess } from './src/env.ts'
import { noMail } from './src/mail/none.ts'

const root = path.dirname(fileURLToPath(import.meta.url))

/** The whole system on one page. `onLoss` hears of database connections that break. */
export const forecourt = (settings: Settings, onLoss: OnLoss = () => undefined) =>
  buildConfig({
    secret: settings.PAYLOAD_SECRET ?? '',
    serverURL: settings.publicOrigin,
    cors: [...settings.CORS_ORIGINS],
    csrf: [settings.publicOrigin, ...settings.CORS_ORIGINS],
    cookiePrefix: 'forecourt',
    db: databaseAdapter(settings, onLoss),
    collections: collections.map((collection) => withLimits(collection, settings)),
    admin: {
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
    },
    hooks: { afterError: [explainRefusal] },
    email: noMail,
    defaultDepth: 0,
    maxDepth: 2,
    graphQL: { maxComplexity: 300, schemaOutputFile: path.join(root, 'src/generated/schema.graphql') },
    typescript: { autoGenerate: false, outputFile: path.join(root, 'src/generated/payload-types.ts') },
    upload: { limits: { fileSize: 20_000_000 }, abortOnLimit: true },
    kv: inMemoryKVAdapter(),
    sharp,
    telemetry: false,
    logger: { options: { level: settings.LOG_LEVEL } },
  })

export default forecourt(settingsOfProcess())
