import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { BODY_BYTES, formatSize } from '../uploads/body-limits.ts'
import { sendRefusal } from '../api/errors/refusal.ts'

/**
 * How long a connection stays open after a response that was sent before the end of the body, so
 * that a client that is still sending can read it.
 */
const LINGER_MS = 1_000

/**
 * Closes the connection after a response that was sent before the end of the body. The rest of the
 * body is not read. The connection is closed after LINGER_MS instead of being reset immediately,
 * because a reset would discard the response before the client reads it.
 */
export function closeUnreadBodies(): RequestHandler {
  return (req, res, next) => {
    if (!hasBody(req.headers)) return next()
    const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => typeof res
    res.writeHead = (...args: unknown[]) => {
      if (!req.complete) {
        res.setHeader('connection', 'close')
        stopReading(req)
      }
      return writeHead(...args)
    }
    next()
  }
}

/**
 * Prevents Node from reading a body to its end after the response, and from resetting the
 * connection immediately.
 */
function stopReading(req: IncomingMessage): void {
  const { socket } = req
  Object.assign(req, { _dump: () => undefined })
  socket.destroySoon = () => {
    socket.pause()
    socket.end()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

/**
 * Refuses bodies over 1 MB (413) before a third-party handler buffers them. A body must have a
 * Content-Length, as browsers send it (411).
 */
export function limitBody(): RequestHandler {
  return ({ headers }, res, next) => {
    const refuse = (status: number, message: string) => sendRefusal(res, status, message)
    if (headers['transfer-encoding'])
      return refuse(411, 'The length of the body is missing: send a Content-Length header.')
    if (Number(headers['content-length'] ?? 0) <= BODY_BYTES) return next()
    return refuse(413, `The body is too large: the limit here is ${formatSize(BODY_BYTES)}.`)
  }
}

/** Whether a request with these headers has a body. */
export const hasBody = (headers: NodeJS.Dict<string | string[]>) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
