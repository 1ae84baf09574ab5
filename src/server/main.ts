import type { Payload } from 'payload'
import { jobsOf } from '../../jobs/queue.ts'
import { openDatabase } from '../database/open.ts'
import { rebasePhotos } from '../database/rebase-photos.ts'
import { loadDemo } from '../demo/load.ts'
import { drawDemoPictures } from '../demo/pictures.ts'
import { type Settings, settingsOfProcess, settleSettings, warnings, WrongSetting } from '../env.ts'
import { routeConsole } from '../log/console.ts'
import { tokensOfSettings } from '../owners/tokens/verify.ts'
import { openPanel } from './admin.ts'
import { assemble, type Assembled } from './assemble.ts'
import { surviveClosedOutput } from './closed-output.ts'
import { type FirstAdmin, makeFirstAdmin, refuseGeneratedOutside } from './first-admin.ts'
import { HttpServer } from './http-server.ts'
import { LIMITS } from './limits.ts'
import { serveMetrics } from './metrics/serve.ts'
import { computeMaxConnections, readOpenFilesLimit } from './open-files.ts'
import { keptSecret } from './secret.ts'
import { stopOnSignal } from './stop.ts'
import { startWork } from './work.ts'

/** The one file that acts when it is loaded: opens the database, fills it where it is empty, serves the API and the panel. */
const say = (line: string) => void process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
surviveClosedOutput()
const stopping = stopOnSignal(say)

start().catch((error: Error) => {
  if (stopping.begun) return
  process.stderr.write(`\n${error.name === 'WrongSetting' ? error.message : (error.stack ?? error.message)}\n`)
  process.exit(1)
})

async function start(): Promise<void> {
  const said = settingsOfProcess()
  for (const warning of warnings(said)) say(`Warning: ${warning}`)
  const secret = keptSecret(said)
  const opening = openDatabase(said, { say })
  stopping.endLast(opening)
  const database = await opening.catch((error: Error) => {
    throw new WrongSetting(error.message, { cause: error })
  })
  const settings = settleSettings({ DATABASE_URL: database.url, PAYLOAD_SECRET: secret }, { reload: dev })
  try {
    const panel = openPanel({ dev, hostname: settings.HOST, port: settings.PORT })
    panel.catch(() => undefined)
    const forecourt = await assemble(settings, database.url, {
      dev,
      ownerUrl: database.ownerUrl,
      verifyToken: tokensOfSettings(settings),
      panel: async (req, res, next) => (await panel).handle(req, res, next),
    })
    if (!dev) routeConsole(forecourt.payload.logger)
    const { admin, demo } = await fill(forecourt.payload, settings, database.embedded)
    const { upgrade, close } = await panel
    const server = createServer(forecourt, settings)
    upgrade(server.node)
    await listen(server, settings)
    const measured = await serveMetrics(forecourt.metrics, settings, say)
    const endDrawing = demo ? drawMeanwhile(forecourt.payload) : () => Promise.resolve()
    survive(forecourt.payload)
    const work = settings.JOBS_IN_SERVER ? [(await startWork(forecourt, settings)).stop] : []
    const endStreams = async () => jobsOf(forecourt.payload).leaving.abort()
    stopping.running({ server, alongside: [endStreams, ...work], steps: [endDrawing, measured.stop, close, forecourt.close] })
    welcome(settings, admin, database.embedded)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Puts into the database what has to be there before anybody asks. `demo` says whether the demo cars are. */
async function fill(payload: Payload, settings: Settings, embedded: boolean): Promise<{ admin: FirstAdmin; demo: boolean }> {
  await refuseGeneratedOutside(payload, settings)
  const admin = await makeFirstAdmin(payload, settings, embedded)
  await rebasePhotos(payload, settings.publicOrigin)
  const demo = embedded && settings.DEMO_DATA && !settings.production
  if (demo) await loadDemo(payload, new Date())
  return { admin, demo }
}

/** Draws the pictures of the demo cars while the product works already. Answers how to end that early. */
function drawMeanwhile(payload: Payload): () => Promise<void> {
  const leaving = new AbortController()
  const drawing = drawDemoPictures(payload, { say, signal: leaving.signal })
  drawing.catch((error: Error) => payload.logger.error({ err: error, msg: 'The demo pictures were not all drawn.' }))
  return () => (leaving.abort(), drawing.catch(() => undefined))
}

/** A promise of some library that nobody awaited fails one request at most, not everybody's: it is told in the log. */
function survive({ logger }: Payload): void {
  process.on('unhandledRejection', (reason) => logger.error({ err: reason, msg: 'Nobody awaited this failure.' }))
}

/** The product's server, with room for as many connections as the settings and the open files of this process allow. */
function createServer({ app, payload }: Assembled, settings: Settings): HttpServer {
  const openFiles = readOpenFilesLimit()
  const maxConnections = computeMaxConnections(settings.MAX_CONNECTIONS, openFiles)
  const bound = maxConnections < settings.MAX_CONNECTIONS ? `open files of this process: ${openFiles}` : 'MAX_CONNECTIONS'
  const onFull = (open: number) =>
    payload.logger.warn(`${open} connections are open, the most there may be (${bound}). Further ones are closed at once.`)
  return new HttpServer(app, { limits: LIMITS, maxConnections, onFull })
}

async function listen(server: HttpServer, { HOST, PORT }: Settings): Promise<void> {
  try {
    await server.listen(PORT, HOST)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new WrongSetting(`Port ${PORT} is taken. Stop what uses it, or start with another one: PORT=${PORT + 1} npm start`)
  }
}

function welcome({ publicOrigin, localPasswords }: Settings, admin: FirstAdmin, embedded: boolean): void {
  say(`\nForecourt is at ${publicOrigin}`)
  say(`  Panel  ${publicOrigin}/admin`)
  say(`  API    ${publicOrigin}/api/inventory`)
  if (admin?.generatedPassword)
    say(
      `  Sign in as ${admin.email} with the password ${admin.generatedPassword}\n  It is shown this once. Another one: npm run admin -- reset-password ${admin.email}`,
    )
  else if (admin && localPasswords)
    say(`  Sign in as ${admin.email} with the password of FIRST_ADMIN_PASSWORD, or with a provider where there is none.`)
  else if (admin) say(`  Sign in as ${admin.email} with your provider.`)
  else if (!localPasswords) say('  Sign in with your provider. Nobody invited yet? FIRST_ADMIN_EMAIL names the first admin.')
  else say('  Lost your password? npm run admin -- reset-password EMAIL')
  if (!embedded) say('  The database is the one of DATABASE_URL. No user yet? npm run admin -- create EMAIL')
  say('  Ctrl-C stops it.')
}
