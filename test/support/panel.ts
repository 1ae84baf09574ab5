import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { demoRoom } from './demo-room.ts'
import { openForecourt, type TestForecourt } from './forecourt.ts'
import { waitForOutput } from './wait-for-output.ts'
import { waitUntil } from './work.ts'

/**
 * A Forecourt with its panel on a port: a process of its own serves it, because Next cannot run
 * inside Jest.
 */
export type PanelForecourt = TestForecourt & { origin: string }

/**
 * Opens a Forecourt on a fresh database and serves it, panel included, at `origin`. Needs the built
 * panel. Its first screen, which loads all of Next, has been requested. With `works` that process
 * works on jobs too, and both have the demo room. `environment` says further settings, of an origin
 * that is known only now. Close it in afterAll.
 */
export async function openPanelForecourt({
  works = false,
  environment,
}: PanelOptions = {}): Promise<PanelForecourt> {
  if (!existsSync('src/admin/.next/BUILD_ID'))
    throw new Error('The panel is not built; run the suite with npm test, which builds it.')
  const port = await findFreePort()
  const origin = `http://localhost:${port}`
  const further = (await environment?.(origin)) ?? {}
  const forecourt = await openForecourt(
    { PUBLIC_ORIGIN: origin, PORT: String(port), ...further },
    works ? [demoRoom()] : [],
  )
  const child = await startPanelServer(forecourt, port, works, further)
  await waitUntil(async () => (await fetch(`${origin}/admin/login`)).ok, 'the panel is loaded')
  const close = async () => {
    const left = once(child, 'exit')
    child.kill('SIGTERM')
    await left
    await forecourt.close()
  }
  return { ...forecourt, origin, close }
}

type PanelOptions = {
  works?: boolean
  environment?: (origin: string) => Promise<Record<string, string>>
}

async function startPanelServer(
  { settings, url, ownerUrl }: TestForecourt,
  port: number,
  works: boolean,
  further: Record<string, string>,
): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('panel-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      VIN_OFFLINE: 'false',
      ...further,
      NODE_ENV: 'production',
      PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true',
      PAYLOAD_SECRET: settings.PAYLOAD_SECRET,
      DATABASE_URL: url,
      DATABASE_OWNER_URL: ownerUrl,
      MEDIA_DIR: settings.MEDIA_DIR,
      DATA_DIR: settings.DATA_DIR,
      PUBLIC_ORIGIN: settings.publicOrigin,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      PANEL_WORKS: works ? 'yes' : 'no',
      TZ: 'UTC',
    },
  })
  await waitForOutput(child.stdout, 'READY')
  return child
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address === 'string' || !address)
    throw new Error('The probe for a free port has no port.')
  return address.port
}
