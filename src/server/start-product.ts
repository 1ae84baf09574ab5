import type { Payload } from 'payload'
import { openDatabase } from '../database/open.ts'
import { updatePhotoUrls } from '../database/update-photo-urls.ts'
import { type Settings, resolveSettings } from '../env.ts'
import { routeConsole } from '../log/console.ts'
import { createConfiguredVerifier } from '../auth/owners/tokens/verify.ts'
import { WrongSetting } from '../user-error.ts'
import { openPanel, type Panel } from './admin.ts'
import { createApplication, type Application } from './application.ts'
import { type FirstAdmin, createFirstAdmin, findGeneratedAdmin } from './first-admin.ts'
import { HttpServer } from './http-server.ts'
import { LIMITS } from './connection-limits.ts'
import { serveMetrics } from './metrics/serve.ts'
import { computeMaxConnections, readOpenFilesLimit } from './open-files.ts'
import { loadOrCreateSecret } from '../auth/sessions/stored-secret.ts'
import { describeListenError } from './start/listen-problem.ts'
import type { Shutdown } from './stop.ts'
import { startWork } from './work.ts'
import { getService } from '../services.ts'

type Print = (line: string) => void

/**
 * Opens the database, seeds it if it is empty, and serves the API and the panel. Everything that is
 * opened is registered with `stopping`.
 */
export async function startProduct(
  configured: Settings,
  stopping: Shutdown,
  { dev, print }: { dev: boolean; print: Print },
): Promise<void> {
  const secret = loadOrCreateSecret(configured)
  const opening = openDatabase(configured, { print })
  stopping.closeLast(opening)
  // the configuration is loaded while PostgreSQL starts
  const [database] = await Promise.all([opening, import('../../payload.config.ts')])
  if (stopping.hasBegun()) return
  const settings = resolveSettings(
    { DATABASE_URL: database.url, PAYLOAD_SECRET: secret },
    { reload: dev },
  )
  const panel = openPanel({ dev, hostname: settings.HOST, port: settings.PORT })
  const forecourt = await createApplication(settings, database.url, {
    dev,
    stopping,
    ownerUrl: database.ownerUrl,
    verifyToken: createConfiguredVerifier(settings),
    panel: panel.handle,
  })
  stopping.registerClose(forecourt.close)
  stopping.registerClose(panel.close)
  if (!dev) routeConsole(forecourt.payload.logger)
  if (stopping.hasBegun()) return
  const seeded = await seedDatabase(forecourt.payload, settings, database.embedded)
  if (dev) await panel.prepare() // starts the compiler
  if (stopping.hasBegun()) return
  await serve(
    { forecourt, settings, panel, embedded: database.embedded, ...seeded },
    stopping,
    print,
  )
}

/** `generatedAdmin` is the address of an admin who still has the password of an earlier start. */
type SeedResult = {
  admin: FirstAdmin
  generatedAdmin: string | null
  demo: boolean
}
type ServeContext = SeedResult & {
  forecourt: Application
  settings: Settings
  panel: Panel
  embedded: boolean
}

/** Opens the ports, starts the jobs, and prints the addresses. */
async function serve(context: ServeContext, stopping: Shutdown, print: Print): Promise<void> {
  const { forecourt, settings, panel, demo } = context
  const server = createServer(forecourt, settings)
  panel.upgrade(server.node)
  await listen(server, settings)
  stopping.registerWork({ server })
  const measured = await serveMetrics(forecourt.metrics, settings, print)
  stopping.registerClose(measured.stop)
  if (demo) stopping.registerClose(completeDemo(forecourt.payload, settings, print))
  logUnhandledRejections(forecourt.payload)
  const work = settings.JOBS_IN_SERVER ? [(await startWork(forecourt, settings)).stop] : []
  const endStreams = async () => getService(forecourt.payload, 'jobs').shutdown.abort()
  stopping.registerWork({ server, alongside: [endStreams, ...work] })
  if (!stopping.hasBegun()) printStartupMessage(settings, context, print)
}

/** Seeds the required rows. `demo` adds the demo cars and the demo catalog. */
async function seedDatabase(
  payload: Payload,
  settings: Settings,
  embedded: boolean,
): Promise<SeedResult> {
  const generatedAdmin = await findGeneratedAdmin(payload, settings)
  const admin = await createFirstAdmin(payload, settings, embedded)
  await updatePhotoUrls(payload, settings.publicOrigin)
  const demo = embedded && settings.DEMO_DATA && !settings.production
  if (demo) {
    const { loadDemo } = await import('../demo/load.ts')
    await loadDemo(payload, new Date())
    const { loadDemoCatalog } = await import('../demo/catalog/load.ts')
    await loadDemoCatalog(payload)
  }
  return { admin, generatedAdmin, demo }
}

/**
 * Adds the demo owners with their vehicles, the pictures of the demo cars and then their market, in
 * the background: people see the cars first. Returns a function that stops it.
 */
function completeDemo(payload: Payload, settings: Settings, print: Print): () => Promise<void> {
  const controller = new AbortController()
  const { signal } = controller
  const logFailure = (msg: string) => (error: Error) => payload.logger.error({ err: error, msg })
  const completing = import('../demo/garage/load.ts')
    .then(({ loadDemoGarage }) => loadDemoGarage(payload, new Date()))
    .catch(logFailure('The demo owners could not be loaded. The next start tries again.'))
    .then(async () => {
      if (signal.aborted) return
      const { uploadDemoPictures } = await import('../demo/pictures.ts')
      await uploadDemoPictures(payload, { print, signal })
    })
    .catch(logFailure('Some demo pictures could not be uploaded.'))
    .then(async () => {
      if (signal.aborted) return
      const { loadDemoMarket } = await import('../demo/market/load.ts')
      await loadDemoMarket(payload, settings, { now: new Date(), print, signal })
    })
    .catch(logFailure('The demo market could not be loaded. The next start tries again.'))
  return async () => {
    controller.abort()
    await completing
  }
}

/**
 * An unhandled rejection in a library affects at most one request: it is logged and does not end
 * the process.
 */
function logUnhandledRejections({ logger }: Payload): void {
  process.on('unhandledRejection', (reason) =>
    logger.error({ err: reason, msg: 'Unhandled rejection' }),
  )
}

/**
 * Creates the product's server, with as many connections as the settings and the open-file limit of
 * this process allow.
 */
function createServer({ app, payload }: Application, settings: Settings): HttpServer {
  const openFiles = readOpenFilesLimit()
  const maxConnections = computeMaxConnections(settings.MAX_CONNECTIONS, openFiles)
  const bound =
    maxConnections < settings.MAX_CONNECTIONS
      ? `open files of this process: ${openFiles}`
      : 'MAX_CONNECTIONS'
  const onFull = (open: number) =>
    payload.logger.warn(
      `${open} connections are open, which is the limit (${bound}). Further connections are ` +
        'closed immediately.',
    )
  return new HttpServer(app, { limits: LIMITS, maxConnections, onFull })
}

/**
 * Starts listening. The port was free when the start began, but another program may have taken it
 * since.
 */
async function listen(server: HttpServer, settings: Settings): Promise<void> {
  try {
    await server.listen(settings.PORT, settings.HOST)
  } catch (error) {
    throw new WrongSetting(describeListenError(error, settings), { cause: error })
  }
}

type StartupDetails = Pick<ServeContext, 'admin' | 'generatedAdmin' | 'embedded'>

/** Prints the addresses, and how to sign in. */
function printStartupMessage(
  { publicOrigin, localPasswords }: Settings,
  { admin, generatedAdmin, embedded }: StartupDetails,
  print: Print,
): void {
  print(`\nForecourt is running at ${publicOrigin}`)
  print(`  Panel  ${publicOrigin}/admin`)
  print(`  API    ${publicOrigin}/api/inventory`)
  if (admin?.generatedPassword)
    print(
      `  Sign in as ${admin.email} with the password ${admin.generatedPassword}\n  It is ` +
        `shown only once. To set another: npm run admin -- reset-password ${admin.email}`,
    )
  else if (admin && localPasswords)
    print(
      `  Sign in as ${admin.email} with the password in FIRST_ADMIN_PASSWORD, or with a ` +
        'provider if it is not set.',
    )
  else if (admin) print(`  Sign in as ${admin.email} with your provider.`)
  else if (!localPasswords)
    print(
      '  Sign in with your provider. If no one has been invited yet, set FIRST_ADMIN_EMAIL to ' +
        'name the first admin.',
    )
  else if (generatedAdmin)
    print(
      `  Sign in as ${generatedAdmin} with the password that the first start printed. Lost it? ` +
        `Run: npm run admin -- reset-password ${generatedAdmin}`,
    )
  else print('  Lost your password? Run: npm run admin -- reset-password EMAIL')
  if (!embedded)
    print(
      '  The database is the one in DATABASE_URL. No users yet? Run: npm run admin -- create EMAIL',
    )
  print('  Press Ctrl-C to stop.')
}
