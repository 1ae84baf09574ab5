import { setMaxListeners } from 'node:events'
import type { Endpoint, Payload, PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { RunAnswer, RunsAnswer } from '../api-types.ts'
import { callers, type EndpointContext } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import { RUNS } from '../api-schemas.ts'
import { createLiveRunsLoader } from '../overview.ts'
import { createEventStream, type Snapshot, type StreamTiming } from './event-stream.ts'
import { getService } from '../../src/services.ts'
import { permissions } from '../../src/access/permissions.ts'

const TIMING: StreamTiming = { pollMs: 500, keepAliveMs: 15_000, maxMs: 5 * 60_000 }

/**
 * The limits on concurrent streams in one process, each of which costs two statements a second: the
 * total (`max`), the maximum per account (`maxPerAccount`), and the number reserved for admins
 * (`reservedForAdmins`).
 */
type StreamLimits = {
  max: number
  maxPerAccount: number
  reservedForAdmins: number
}

const STREAM_LIMITS: StreamLimits = { max: 20, maxPerAccount: 3, reservedForAdmins: 2 }

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
}

/**
 * GET /api/jobs/live: streams the current runs and those that ended in the last 15 seconds whenever
 * they change. A stream ends after five minutes, so that clients authenticate again, and when the
 * process stops (`JobQueue.shutdown`).
 */
export function createLiveJobsEndpoint(
  path = '/jobs/live',
  options: Partial<StreamTiming & StreamLimits> = {},
): Endpoint {
  const limits = { ...STREAM_LIMITS, ...options }
  const watching = new Map<PayloadRequest, string>()
  const handler = async ({ req }: EndpointContext) => {
    const refused = checkStreamLimits(req, [...watching.values()], limits)
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
    const load = createSnapshotLoader(createLiveRunsLoader(getPostgresAdapter(req.payload).pool))
    const first = await load()
    const { shutdown } = getService(req.payload, 'jobs')
    setMaxListeners(0, shutdown.signal) // Node warns about a leak beyond ten listeners
    const signals = [shutdown.signal, ...(req.signal ? [req.signal] : [])]
    const onEnd = (failure: unknown) => {
      watching.delete(req)
      if (failure) logFailure(req.payload, failure)
    }
    return new Response(
      createEventStream({ ...TIMING, ...options, event: 'runs', first, load, signals, onEnd }),
      { headers: HEADERS },
    )
  }
  return endpoint({
    method: 'get',
    path,
    summary: 'Stream the current and recently completed runs whenever they change',
    access: callers.staff('jobs'),
    response: {
      description: 'A `runs` event for each change.',
      type: 'text/event-stream',
      schema: RUNS,
    },
    refusals: [401, 403, 429],
    handler,
  })
}

const createSnapshotLoader =
  (loadRuns: () => Promise<RunAnswer[]>) => async (): Promise<Snapshot> => {
    const runs = await loadRuns()
    const answer: RunsAnswer = { now: new Date().toISOString(), runs }
    return { fingerprint: JSON.stringify(runs), data: JSON.stringify(answer) }
  }

const getAccountId = ({ user }: PayloadRequest) => String(user?.id)

/** The refusal of a stream that exceeds a limit (429 per account, 503 in total), or null. */
function checkStreamLimits(
  req: PayloadRequest,
  watching: readonly string[],
  { max, maxPerAccount, reservedForAdmins }: StreamLimits,
): Response | null {
  const account = getAccountId(req)
  if (watching.filter((one) => one === account).length >= maxPerAccount)
    return buildStreamRefusal(
      429,
      `You already have ${maxPerAccount} live job streams open. Close one of them, or use ` +
        'GET /api/jobs/runs.',
    )
  const free =
    max -
    watching.length -
    (permissions.isStaffAdmin({ req }) ? 0 : Math.min(reservedForAdmins, max - 1))
  return free > 0
    ? null
    : buildStreamRefusal(
        503,
        `${watching.length} live job streams are already open. Try again in a minute, or ` +
          'use GET /api/jobs/runs.',
      )
}

function buildStreamRefusal(status: 429 | 503, message: string): Response {
  return Response.json({ errors: [{ message }] }, { status, headers: { 'retry-after': '60' } })
}

const logFailure = ({ logger }: Payload, failure: unknown) =>
  logger.warn({
    err: failure,
    msg: 'Live job streams were closed because reading the jobs failed; clients must reconnect.',
  })
