import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a stop may take in all, and how long answers under way have of that. */
const STOP_MS = 15_000
const DRAIN_MS = 10_000
const FAREWELL_MS = 500

type Step = () => Promise<void>

type Stopping = {
  /** Where requests come in; none in a process that only works. */
  server?: Server
  say: (line: string) => void
  /** Begun at once, while answers under way end. */
  alongside?: readonly Step[]
  /** After that, one after the other. */
  steps: readonly Step[]
}

/**
 * On SIGTERM or SIGINT: takes no new connection and no new job, lets what is under way end, then runs the steps in order and exits 0.
 * What has not ended after its time is cut. A second signal is not needed and does nothing.
 */
export function stopInOrder({ server, say, alongside = [], steps }: Stopping): void {
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    say(`\n${signal}: stopping.`)
    setTimeout(() => process.exit(1), STOP_MS).unref()
    const failures: Error[] = []
    const fails = (error: Error) => void failures.push(error)
    await Promise.all([server && drained(server), ...alongside.map((step) => step().catch(fails))])
    for (const step of steps) await step().catch(fails)
    for (const { message } of failures) say(`While stopping: ${message}`)
    say('Stopped.')
    process.exit(failures.length > 0 ? 1 : 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}

/**
 * Until every answer under way has ended. Kept connections are first told to close with their next answer: cutting one that looks idle
 * may meet a request on its way.
 */
async function drained(server: Server): Promise<void> {
  server.prependListener('request', (_req, res) => res.setHeader('connection', 'close'))
  await sleep(FAREWELL_MS)
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  clearTimeout(cut)
}
