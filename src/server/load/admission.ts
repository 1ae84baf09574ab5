import type { Request, RequestHandler, Response } from 'express'
import type { Payload } from 'payload'
import { Gauge } from 'prom-client'
import { ADDRESS_HEADER } from '../../audit/origin.ts'
import { PHOTO_PATH } from '../../domain/photo-url.ts'
import type { Settings } from '../../env.ts'
import { getSigningSecrets } from '../../auth/sessions/signing-secrets.ts'
import { AddressLimit } from '../../auth/rate-limits/address-limits.ts'
import { hasBody } from '../close-unread-bodies.ts'
import { type CorsHeaders, createCorsHeaders } from '../cors.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { createCallerReader } from './caller.ts'
import { watchEventLoop } from './event-loop.ts'
import { type CallerKind, Lane, type Seat } from './lane.ts'
import { refuseAddress, refuseBusy } from './refuse.ts'

type LimitSetting =
  | 'API_REQUESTS_AT_ONCE'
  | 'PANEL_REQUESTS_AT_ONCE'
  | 'ANONYMOUS_READS_PER_MINUTE'
  | 'ANONYMOUS_RENDERS_PER_MINUTE'
type AdmissionSettings = Pick<Settings, LimitSetting | 'CORS_ORIGINS'>

type AdmissionDependencies = {
  payload: Pick<Payload, 'secret' | 'config'>
  settings: AdmissionSettings
  metrics: Pick<Metrics, 'registry' | 'shed'>
  isKnownOwner: (token: string) => boolean
}

/** Admits requests, makes them wait, or refuses them before they use resources. */
export type Admission = {
  /**
   * Admits a request to its lane. Resolves to null if the request was refused, in which case the
   * response was sent, or if its client left.
   */
  admit: (req: Request, res: Response) => Promise<Seat | null>
  /** The same as middleware: calls `next` once the request is admitted. */
  middleware: RequestHandler
  stop: () => void
}

type LaneName = 'api' | 'panel' | 'files'

/** The maximum number of concurrent requests for the panel's static files, which are cheap. */
const MAX_FILES = 64
/** The cost of a photo as a fraction of a read: a page shows dozens of them. */
const PHOTO_COST = 0.1
/**
 * How long a body that is still arriving, or a panel response that is still being read, keeps its
 * seat.
 */
const BODY_MS = 100
const RESPONSE_MS = 5_000

/**
 * How long a refusal is delayed, in milliseconds, so that a flood of clients that retry immediately
 * does not take the processor from admitted requests. During this time a small body arrives, too,
 * so its connection can stay open.
 */
const REFUSAL_MS = 25

const PANEL = /^\/(?:admin|_next)(?:\/|$)/i
const FILES = /^\/(?:_next\/static\/[\w./~-]+|admin\/icon\.svg)$/

/**
 * Creates the admission control of a process: a lane for the panel, whose pages are expensive, one
 * for static files, one for everything else, and limits per address for anonymous requests. Lanes
 * shrink while the event loop lags. Call `stop` to end the measurement.
 */
export function createAdmission({
  payload,
  settings,
  metrics,
  isKnownOwner,
}: AdmissionDependencies): Admission {
  const lanes = createLanes(settings)
  const sessionCookie = `${payload.config.cookiePrefix}-token`
  const secrets = getSigningSecrets(payload)
  const readCaller = createCallerReader({ secrets, sessionCookie, isKnownOwner })
  const cors = createCorsHeaders(settings.CORS_ORIGINS)
  const isOverLimit = createAddressLimits(settings, metrics, cors)
  measureLanes(metrics, lanes)

  const admitRequest = (
    req: Request,
    res: Response,
    start: (seat: Seat) => void,
    left: () => void,
  ): void => {
    if (hasClientLeft(req, res)) return left()
    const name = getLane(req.path)
    const caller = readCaller(req.headers)
    if (isOverLimit(req, res, caller, name)) return left()
    const state: RequestState = { seat: null, timers: [] }
    const waiting = lanes[name].admit(caller, (seat) => {
      state.seat = seat
      trackSeat(state, req, res, name)
      start(seat)
    })
    if (!waiting) {
      metrics.shed.inc({ lane: name, reason: 'busy' })
      setTimeout(() => refuseBusy(req, res, cors), REFUSAL_MS)
      return left()
    }
    onClientGone(req, res, () => {
      for (const timer of state.timers) clearTimeout(timer)
      waiting.cancel()
      if (state.seat) state.seat.release()
      else left()
    })
  }

  return {
    admit: (req, res) =>
      new Promise((resolve) => admitRequest(req, res, resolve, () => resolve(null))),
    middleware: (req, res, next) => admitRequest(req, res, () => next(), doNothing),
    stop: watchEventLoop((factor) => Object.values(lanes).forEach((lane) => lane.narrow(factor))),
  }
}

/** Whether the client of a request has already left, in which case no later event reports it. */
const hasClientLeft = (req: Request, res: Response) => res.destroyed || req.socket.destroyed

/**
 * Calls `then` once: when the response is closed, or its connection is. A response that waits for
 * an earlier one on the same connection is never closed when the connection breaks.
 */
function onClientGone(req: Request, res: Response, then: () => void): void {
  const { socket } = req
  const gone = () => {
    socket.off('close', gone)
    res.off('close', gone)
    then()
  }
  res.once('close', gone)
  socket.once('close', gone)
}

type IsOverLimit = (req: Request, res: Response, caller: CallerKind, lane: LaneName) => boolean

/**
 * Creates a function that counts anonymous requests per address. It returns whether the request
 * exceeds the limit, in which case it has already sent the response.
 */
function createAddressLimits(
  settings: AdmissionSettings,
  { shed }: Pick<Metrics, 'shed'>,
  cors: CorsHeaders,
): IsOverLimit {
  const limits = {
    reads: new AddressLimit(settings.ANONYMOUS_READS_PER_MINUTE),
    renders: new AddressLimit(settings.ANONYMOUS_RENDERS_PER_MINUTE),
  }
  return (req, res, caller, lane) => {
    const kind = caller === 'anonymous' ? findAddressLimit(req, lane) : null
    if (!kind) return false
    const cost = req.path.startsWith(PHOTO_PATH) ? PHOTO_COST : 1
    const seconds = limits[kind].consume(
      String(req.headers[ADDRESS_HEADER] ?? ''),
      performance.now(),
      cost,
    )
    if (seconds === null) return false
    shed.inc({ lane, reason: 'address' })
    refuseAddress(req, res, cors, { what: kind, seconds })
    return true
  }
}

const doNothing = () => undefined

function createLanes({
  API_REQUESTS_AT_ONCE,
  PANEL_REQUESTS_AT_ONCE,
}: AdmissionSettings): Record<LaneName, Lane> {
  return {
    api: new Lane({
      maxConcurrent: API_REQUESTS_AT_ONCE,
      reserved: { staff: 0.25, owner: 0.25, anonymous: 0.25 },
    }),
    panel: new Lane({
      maxConcurrent: PANEL_REQUESTS_AT_ONCE,
      reserved: { staff: 0.5, owner: 0, anonymous: 0.25 },
    }),
    files: new Lane({
      maxConcurrent: MAX_FILES,
      reserved: { staff: 0.25, owner: 0, anonymous: 0.25 },
    }),
  }
}

function getLane(path: string): LaneName {
  if (!PANEL.test(path)) return 'api'
  return FILES.test(path) && !path.includes('..') ? 'files' : 'panel'
}

/**
 * The limit that an anonymous request counts against; null for sign-ins, which have their own
 * limit, and for writes, which are refused anyway.
 */
function findAddressLimit({ method, path }: Request, lane: LaneName): 'reads' | 'renders' | null {
  if (lane === 'panel') return 'renders'
  const reads =
    method === 'GET' || method === 'HEAD' || path.toLowerCase().startsWith('/api/graphql')
  return lane === 'api' && reads && path.toLowerCase().startsWith('/api/') ? 'reads' : null
}

/**
 * The state of a request: its seat, or null while it waits; and the timers after which it loses its
 * seat because of a slow network.
 */
type RequestState = { seat: Seat | null; timers: NodeJS.Timeout[] }

/**
 * Lets a request hold its seat while the server works on it, but not while its body arrives or
 * after its response begins, because these depend on the client. A live stream therefore holds
 * none. A page of the panel is still rendered after its first byte, so it keeps its seat until the
 * end of the response.
 */
function trackSeat(state: RequestState, req: Request, res: Response, lane: LaneName): void {
  const { seat } = state
  if (!seat) return
  if (!req.complete && hasBody(req.headers)) {
    state.timers.push(setTimeout(() => req.complete || seat.pause(), BODY_MS).unref())
    req.once('end', seat.resume)
  }
  if (lane !== 'panel') return releaseWithHead(seat, res)
  res.once('prefinish', seat.release)
  state.timers.push(setTimeout(() => res.headersSent && seat.pause(), RESPONSE_MS).unref())
}

function releaseWithHead(seat: Seat, res: Response): void {
  const writeHead = res.writeHead.bind(res) as (...parts: unknown[]) => Response
  res.writeHead = ((...parts: unknown[]) => {
    seat.release()
    return writeHead(...parts)
  }) as typeof res.writeHead
}

function measureLanes(
  { registry }: AdmissionDependencies['metrics'],
  lanes: Record<LaneName, Lane>,
): void {
  const gauge: Gauge = new Gauge({
    name: 'http_requests_in_flight',
    help:
      'Requests that are running or waiting, by lane. Responses from memory and live ' +
      'streams are not counted.',
    labelNames: ['lane', 'state'],
    registers: [registry],
    collect: () => {
      for (const [lane, { load }] of Object.entries(lanes))
        for (const [state, count] of Object.entries(load)) gauge.set({ lane, state }, count)
    },
  })
}
