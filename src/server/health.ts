import type { RequestHandler } from 'express'
import type { DatabaseWatch } from '../database/watch.ts'

/** Whether the process responds. */
export function handleHealthz(): RequestHandler {
  return (_req, res) => void res.json({ status: 'ok' })
}

/** Whether it can do its work: the database responds, too. */
export function handleReadyz(watch: DatabaseWatch): RequestHandler {
  return (_req, res) => {
    if (!watch.up) res.setHeader('retry-after', '1')
    res
      .status(watch.up ? 200 : 503)
      .json({ status: watch.up ? 'ok' : 'unavailable', database: watch.up ? 'up' : 'down' })
  }
}
