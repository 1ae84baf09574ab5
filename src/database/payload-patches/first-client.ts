import type pg from 'pg'

/**
 * Releases the first client that is taken from a pool, once its taker has it.
 *
 * Payload 3.90.1 takes a client when it connects, to listen for its errors, and never releases it
 * (@payloadcms/db-postgres/dist/connect.js): one connection would be occupied permanently. The pool
 * reports the errors of all of its clients anyway.
 *
 * Can be removed when Payload releases that client.
 */
export function releaseFirstClient(pool: pg.Pool): void {
  pool.once('acquire', (client) => setImmediate(() => client.release()))
}
