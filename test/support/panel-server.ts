import { createServer } from 'node:http'
import { loadSettings } from '../../src/env.ts'
import { routeConsole } from '../../src/log/console.ts'
import { openPanel } from '../../src/server/admin.ts'
import { createApplication } from '../../src/server/application.ts'
import { startWork } from '../../src/server/work.ts'
import { demoRoom } from './demo-room.ts'

/**
 * The API and the built panel on the database and port of the environment, for a spec that looks at
 * them in a browser. Says READY when it serves. With PANEL_WORKS it works on jobs too, those of the
 * demo room among them.
 */
const settings = loadSettings()
const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = settings
if (!url || !ownerUrl)
  throw new Error('DATABASE_URL or DATABASE_OWNER_URL is not set; test/support/panel.ts sets both.')

const works = process.env['PANEL_WORKS'] === 'yes'
const panel = openPanel({ dev: false, hostname: settings.HOST, port: settings.PORT })
const forecourt = await createApplication(settings, url, {
  ownerUrl,
  panel: panel.handle,
  rooms: works ? [demoRoom()] : [],
})
routeConsole(forecourt.payload.logger)
const work = works ? await startWork(forecourt, settings) : null
const server = createServer(forecourt.app)
server.listen(settings.PORT, settings.HOST, () => process.stdout.write('READY\n'))

process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(
    () =>
      void Promise.resolve(work?.stop())
        .then(panel.close)
        .then(forecourt.close)
        .then(() => process.exit(0)),
  )
})
