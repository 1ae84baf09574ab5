import type { RequestHandler } from 'express'
import type { DatabaseWatch } from '../database/watch.ts'

/** Responds with 200 while the process runs. */
export function handleHealthz(): RequestHandler {
  return (_req, res) => void res.json({ status: 'ok' })
}

/** Responds with 200 while the process can do its work, which requires the database. */
export function handleReadyz(watch: DatabaseWatch): RequestHandler {
  return (_req, res) => {
    if (!watch.up) res.setHeader('retry-after', '1')
    res
      .status(watch.up ? 200 : 503)
      .json({ status: watch.up ? 'ok' : 'unavailable', database: watch.up ? 'up' : 'down' })
  }
}
