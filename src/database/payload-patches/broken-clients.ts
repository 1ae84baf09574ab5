import type pg from 'pg'

/**
 * Releases a client when its connection breaks. Releasing it twice does nothing.
 *
 * drizzle 0.45.2, which Payload 3.90.1 uses, does not release the client of a transaction whose
 * BEGIN fails (drizzle-orm/node-postgres/session.js): BEGIN is outside its `try`. The pool would
 * count the client as used forever.
 *
 * Can be removed when drizzle releases the client whatever fails.
 */
export function releaseWhenBroken(client: pg.PoolClient): pg.PoolClient {
  const release = client.release.bind(client)
  let isReleased = false
  const releaseOnce = (error?: Error | boolean) => {
    if (isReleased) return
    isReleased = true
    client.off('end', broken)
    release(error)
  }
  const broken = () => releaseOnce(new Error('the connection was lost'))
  client.once('end', broken)
  client.release = releaseOnce
  return client
}
