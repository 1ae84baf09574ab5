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
import { permissions } from '../../src/access/permissions.ts'
import { forStaff } from './for-staff.ts'

const PACE: Pace = { pause: 500, quiet: 15_000, lasts: 5 * 60_000 }

/**
 * Limits of concurrent streams in one process, each of which costs two statements a second: in total (`most`), per account (`each`), and how
 * many of them are reserved for admins (`forAdmins`).
 */
type Seats = { most: number; each: number; forAdmins: number }

const SEATS: Seats = { most: 20, each: 3, forAdmins: 2 }

const HEADERS = { ...NO_STORE, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }

/**
 * GET /api/jobs/live: the runs that are under way and those that ended in the last 15 seconds, again whenever that changes. It ends after
 * five minutes, so that whoever watches is asked again who they are, and when the process stops (`JobQueue.leaving`).
 */
export function liveJobs(path = '/jobs/live', options: Partial<Pace & Seats> = {}): Endpoint {
  const seats = { ...SEATS, ...options }
  const watching = new Map<PayloadRequest, string>()
  const handler = async (req: PayloadRequest) => {
    const refused = refuseSeat(req, [...watching.values()], seats)
    if (refused) return refused
    watching.set(req, getAccountId(req))
    try {
      return await openStream(req)
    } catch (error) {
      watching.delete(req)
      throw error
    }
  }
  const openStream = async (req: PayloadRequest) => {
    const look = newsOf(liveRuns(postgresOf(req.payload).pool))
    const first = await look()
    const { leaving } = jobsOf(req.payload)
    setMaxListeners(0, leaving.signal) // Node takes more than ten for a leak
    const until = [leaving.signal, ...(req.signal ? [req.signal] : [])]
    const ended = (failure: unknown) => {
      watching.delete(req)
      if (failure) tell(req.payload, failure)
    }
    return new Response(eventStream({ ...PACE, ...options, event: 'runs', first, look, until, ended }), { headers: HEADERS })
  }
  return stated(
    {
      summary: 'The runs under way and those that ended just now, again whenever that changes',
      askers: ['staff'],
      answers: {
        200: { description: 'An event `runs` each time.', type: 'text/event-stream', schema: RUNS },
        ...refusals(401, 403, 429),
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

const getAccountId = ({ user }: PayloadRequest) => String(user?.id)

/** The refusal of a stream over the limits (429 per account, 503 in total); null if there is room. */
function refuseSeat(req: PayloadRequest, watching: readonly string[], { most, each, forAdmins }: Seats): Response | null {
  const account = getAccountId(req)
  if (watching.filter((one) => one === account).length >= each)
    return refuseStream(429, `You watch the jobs in ${each} places already. Close one of them, or GET /api/jobs/runs.`)
  const free = most - watching.length - (permissions.isStaffAdmin({ req }) ? 0 : Math.min(forAdmins, most - 1))
  return free > 0
    ? null
    : refuseStream(503, `${watching.length} people watch the jobs already. Ask again in a minute, or GET /api/jobs/runs.`)
}

function refuseStream(status: 429 | 503, message: string): Response {
  return Response.json({ errors: [{ message }] }, { status, headers: { ...NO_STORE, 'retry-after': '60' } })
}

const tell = ({ logger }: Payload, failure: unknown) =>
  logger.warn({ err: failure, msg: 'Whoever watched the jobs has to ask again: looking at them failed.' })
