import type { Plugin } from 'payload'
import { jobsOf } from '../../jobs/queue.ts'
import { openDatabase } from '../database/open.ts'
import { settleSettings, WrongSetting } from '../env.ts'
import { showInvisible } from '../domain/show-invisible.ts'
import { assemble } from './assemble.ts'
import { serveMetrics } from './metrics/serve.ts'
import { keptSecret } from './secret.ts'
import { prepareStart } from './start/prepare.ts'
import { type Stopping, stopOnSignal } from './stop.ts'
import { startWork } from './work.ts'

type WorkerOptions = {
  /** The lanes to work on; all of them when none is named. */
  lanes: readonly string[]
  /** Rooms beside the product's own. */
  rooms?: readonly Plugin[]
  say: (line: string) => void
}

/** Works on jobs in this process until it is told to stop: a worker beside the servers on the same database. */
export async function runWorker({ lanes, rooms = [], say }: WorkerOptions): Promise<void> {
  const stopping = stopOnSignal(say)
  const starting = start(stopping, { lanes, rooms, say })
  stopping.starting(starting)
  const stray = watchStray()
  try {
    await Promise.race([starting, stray.thrown])
  } catch (error) {
    if (stopping.hasBegun()) return
    await stopping.undoStart()
    throw error
  } finally {
    stray.end()
  }
}

/** An exception that no promise of the start has, such as one of a connection that breaks: it ends the start, which closes what it opened. */
function watchStray(): { thrown: Promise<never>; end: () => void } {
  let fail = (_error: Error): void => undefined
  const thrown = new Promise<never>((_, reject) => (fail = reject))
  process.on('uncaughtException', fail)
  return { thrown, end: () => process.off('uncaughtException', fail) }
}

async function start(stopping: Stopping, { lanes, rooms = [], say }: WorkerOptions): Promise<void> {
  const configured = await prepareStart(say, { listens: false })
  if (stopping.hasBegun()) return
  const opening = openDatabase(configured, { say, share: true })
  stopping.endLast(opening)
  const database = await opening
  if (stopping.hasBegun()) return
  const settings = settleSettings({ DATABASE_URL: database.url, PAYLOAD_SECRET: keptSecret(configured) })
  const forecourt = await assemble(settings, database.url, { ownerUrl: database.ownerUrl, rooms, stopping })
  stopping.opened(forecourt.close)
  refuseUnknown(
    lanes,
    [...jobsOf(forecourt.payload).tasks.values()].map(({ queue }) => queue),
  )
  if (stopping.hasBegun()) return
  const measured = await serveMetrics(forecourt.metrics, settings, say)
  stopping.opened(measured.stop)
  const working = await startWork(forecourt, settings, lanes.length > 0 ? { queues: lanes } : {})
  stopping.running({ alongside: [working.stop] })
  if (!stopping.hasBegun())
    say(`Working as ${working.engine.worker} on ${lanes.length > 0 ? lanes.join(', ') : 'every lane'}. Ctrl-C stops it.`)
}

function refuseUnknown(lanes: readonly string[], known: readonly string[]): void {
  const unknown = lanes.find((lane) => !known.includes(lane))
  if (unknown !== undefined)
    throw new WrongSetting(
      `No task runs in the lane ${showInvisible(unknown)}. The lanes are ${[...new Set(known)].toSorted().join(', ')}.`,
    )
}
