import type { Plugin } from 'payload'
import { openDatabase } from '../database/open.ts'
import { resolveSettings, WrongSetting } from '../env.ts'
import { showInvisible } from '../domain/show-invisible.ts'
import { createApplication } from './application.ts'
import { serveMetrics } from './metrics/serve.ts'
import { loadOrCreateSecret } from '../auth/sessions/stored-secret.ts'
import { prepareStart } from './start/prepare.ts'
import { type Shutdown, stopOnSignal } from './stop.ts'
import { startWork } from './work.ts'
import { getService } from '../services.ts'

type WorkerOptions = {
  /** The queues to work on; all of them if none is named. */
  queues: readonly string[]
  /** Additional plugins. */
  rooms?: readonly Plugin[]
  print: (line: string) => void
}

/**
 * Works on jobs in this process until it is stopped: a worker in addition to the servers on the
 * same database.
 */
export async function runWorker({ queues, rooms = [], print }: WorkerOptions): Promise<void> {
  const stopping = stopOnSignal(print)
  const starting = startWorker(stopping, { queues, rooms, print })
  stopping.trackStart(starting)
  const uncaught = watchUncaught()
  try {
    await Promise.race([starting, uncaught.thrown])
  } catch (error) {
    if (stopping.hasBegun()) return
    await stopping.undoStart()
    throw error
  } finally {
    uncaught.end()
  }
}

/**
 * Watches for an exception outside the promises of the start, such as one from a connection that
 * breaks: it aborts the start, which then closes what it opened.
 */
function watchUncaught(): { thrown: Promise<never>; end: () => void } {
  let fail = (_error: Error): void => undefined
  const thrown = new Promise<never>((_, reject) => (fail = reject))
  process.on('uncaughtException', fail)
  return { thrown, end: () => process.off('uncaughtException', fail) }
}

async function startWorker(
  stopping: Shutdown,
  { queues, rooms = [], print }: WorkerOptions,
): Promise<void> {
  const configured = await prepareStart(print, { listens: false })
  if (stopping.hasBegun()) return
  const opening = openDatabase(configured, { print, share: true })
  stopping.closeLast(opening)
  const database = await opening
  if (stopping.hasBegun()) return
  const settings = resolveSettings({
    DATABASE_URL: database.url,
    PAYLOAD_SECRET: loadOrCreateSecret(configured),
  })
  const forecourt = await createApplication(settings, database.url, {
    ownerUrl: database.ownerUrl,
    rooms,
    stopping,
  })
  stopping.registerClose(forecourt.close)
  refuseUnknownQueues(
    queues,
    [...getService(forecourt.payload, 'jobs').tasks.values()].map(({ queue }) => queue),
  )
  if (stopping.hasBegun()) return
  const measured = await serveMetrics(forecourt.metrics, settings, print)
  stopping.registerClose(measured.stop)
  const working = await startWork(forecourt, settings, queues.length > 0 ? { queues } : {})
  stopping.registerWork({ alongside: [working.stop] })
  if (!stopping.hasBegun())
    print(
      `Working as ${working.engine.worker} on ` +
        `${queues.length > 0 ? queues.join(', ') : 'every queue'}. Press Ctrl-C to stop.`,
    )
}

function refuseUnknownQueues(queues: readonly string[], known: readonly string[]): void {
  const unknown = queues.find((queue) => !known.includes(queue))
  if (unknown !== undefined)
    throw new WrongSetting(
      `No task runs in the queue ${showInvisible(unknown)}. The queues are ` +
        `${[...new Set(known)].toSorted().join(', ')}.`,
    )
}
