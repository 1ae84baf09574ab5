import type { Request, Response } from 'express'
import { buildErrorBody } from '../../domain/api-error.ts'
import { formatRetryMessage } from '../../auth/rate-limits/request-limits.ts'
import type { CorsHeaders } from '../cors.ts'

/**
 * The number of body bytes that are discarded to keep the connection open; a larger body closes it.
 */
const DROPPED_BYTES = 65_536

const BUSY = 'The server is busy. Try again in a second.'

/** Responds with 503 because the server is overloaded. */
export function refuseBusy(req: Request, res: Response, cors: CorsHeaders): void {
  sendLoadRefusal(req, res, { status: 503, message: BUSY, seconds: 1, cors })
}

/**
 * Responds with 429 because an address sent too many requests; `seconds` is sent as Retry-After.
 */
export function refuseAddress(
  req: Request,
  res: Response,
  cors: CorsHeaders,
  { what, seconds }: { what: 'reads' | 'renders'; seconds: number },
): void {
  const problem =
    `Too many anonymous ${what === 'reads' ? 'requests' : 'requests for panel pages'} from ` +
    'your IP address within a minute.'
  sendLoadRefusal(req, res, {
    status: 429,
    message:
      seconds < 60 ? `${problem} Try again in ${seconds} s.` : formatRetryMessage(problem, seconds),
    seconds,
    cors,
  })
}

type LoadRefusal = {
  status: 429 | 503
  message: string
  seconds: number
  cors: CorsHeaders
}

/**
 * Responds in JSON like every other error, or with a small page for a browser. Sets its own
 * headers, because no middleware ran before.
 */
function sendLoadRefusal(
  req: Request,
  res: Response,
  { status, message, seconds, cors }: LoadRefusal,
): void {
  const page = req.headers.accept?.startsWith('text/html') === true
  const body = page ? renderPage(message) : JSON.stringify(buildErrorBody(status, message))
  const bytes = Number(
    req.headers['content-length'] ?? (req.headers['transfer-encoding'] ? Infinity : 0),
  )
  res.writeHead(status, {
    'content-type': page ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'retry-after': String(seconds),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...cors({ headers: req.headers, method: req.method, url: req.originalUrl }),
    ...(bytes > DROPPED_BYTES && { connection: 'close' }),
  })
  res.end(req.method === 'HEAD' ? undefined : body)
}

const renderPage = (message: string) =>
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Forecourt is ' +
  `busy</title><h1>One moment</h1><p>${message}</p></html>`
