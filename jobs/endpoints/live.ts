import { setMaxListeners } from 'node:events'
import type { Endpoint, Payload, PayloadRequest } from 'payload'
import { postgresOf } from '../../src/database/transaction.ts'
import type { RunAnswer, RunsAnswer } from '../api-types.ts'
import { refusals, stated } from '../../src/openapi/operation.ts'
import { RUNS } from '../api-schemas.ts'
import { liveRuns } from '../overview.ts'
import { jobsOf } from '../queue.ts'
import { eventStream, type News, type Pace } from './event-stream.ts'
import { NO_STORE } from '../../src/access/for-staff.ts'
import { forStaff } from './for-staff.ts'

const PACE: Pace = { pause: 500, quiet: 15_000, lasts: 5 * 60_000 }

/** As many people as may watch at once in one process: each of them costs two statements a second. */
const MOST = 20

const HEADERS = { ...NO_STORE, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }

/**
 * GET /api/jobs/live: the runs that are under way and those that ended in the last 15 seconds, again whenever that changes. It ends after
 * five minutes, so that whoever watches is asked again who they are, and when the process stops (`JobQueue.leaving`).
 */
export function liveJobs(path = '/jobs/live', { most = MOST, ...pace }: Partial<Pace> & { most?: number } = {}): Endpoint {
  const watching = new Set<PayloadRequest>()
  const handler = async (req: PayloadRequest) => {
    const look = newsOf(liveRuns(postgresOf(req.payload).pool))
    const first = await look()
    if (watching.size >= most) return tooMany(most)
    watching.add(req)
    const { leaving } = jobsOf(req.payload)
    setMaxListeners(0, leaving.signal) // Node takes more than ten for a leak
    const until = [leaving.signal, ...(req.signal ? [req.signal] : [])]
    const ended = (failure: unknown) => {
      watching.delete(req)
      if (failure) tell(req.payload, failure)
    }
    return new Response(eventStream({ ...PACE, ...pace, event: 'runs', first, look, until, ended }), { headers: HEADERS })
  }
  return stated(
    {
      summary: 'The runs under way and those that ended just now, again whenever that changes',
      askers: ['staff'],
      answers: {
        200: { description: 'An event `runs` each time.', type: 'text/event-stream', schema: RUNS },
        ...refusals(401, 403),
      },
    },
    { path, method: 'get', handler: forStaff(handler) },
  )
}

const newsOf = (look: () => Promise<RunAnswer[]>) => async (): Promise<News> => {
  const runs = await look()
  const answer: RunsAnswer = { now: new Date().toISOString(), runs }
  return { news: JSON.stringify(runs), data: JSON.stringify(answer) }
}

function tooMany(most: number): Response {
  const message = `${most} people watch the jobs already. Ask again in a minute, or GET /api/jobs/runs.`
  return Response.json({ errors: [{ message }] }, { status: 503, headers: { ...NO_STORE, 'retry-after': '60' } })
}

const tell = ({ logger }: Payload, failure: unknown) =>
  logger.warn({ err: failure, msg: 'Whoever watched the jobs has to ask again: looking at them failed.' })
