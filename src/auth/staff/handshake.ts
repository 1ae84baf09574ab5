import { createHmac } from 'node:crypto'
import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler, Response } from 'express'
import session from 'express-session'
import type { Payload } from 'payload'
import { getPostgresAdapter } from '../../database/transaction.ts'
import type { Settings } from '../../env.ts'
import { getSigningSecrets } from '../sessions/signing-secrets.ts'
import type { AuthorizationState } from './issuers.ts'

/** The data that is stored about a person while they are at their provider. */
export type Handshake = AuthorizationState & { provider: string; returnTo: string }

declare module 'express-session' {
  interface SessionData {
    handshake?: Handshake
  }
}

const TTL_MINUTES = 10

/**
 * Stores handshakes for ten minutes, in the table `session`. The browser has a signed cookie that
 * names the row; the first callback deletes the row, so that none is used twice.
 */
export function createHandshakeStore(payload: Payload, { production }: Settings) {
  const { pool } = getPostgresAdapter(payload)
  const name = `${production ? '__Host-' : ''}forecourt-sign-in`
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: production } as const
  const Store = connectPgSimple(session)
  const errorLog = (...details: unknown[]) =>
    payload.logger.error({ said: details, msg: 'The state of a sign-in could not be stored.' })
  const store = new Store({
    pool,
    tableName: 'session',
    disableTouch: true,
    pruneSessionInterval: false,
    errorLog,
  })
  const remember = session({
    name,
    store,
    cookie: { ...cookie, maxAge: TTL_MINUTES * 60_000 },
    secret: getSigningSecrets(payload).map(deriveKey),
    resave: false,
    saveUninitialized: false,
    proxy: production,
  })
  /* In production, every browser uses HTTPS, whatever the proxy reports. */
  const middleware: RequestHandler = (req, res, next) => {
    if (production) req.headers['x-forwarded-proto'] = 'https'
    remember(req, res, next)
  }
  return {
    middleware,
    /** Begins a handshake with a new ID. */
    begin: async (req: Request, handshake: Handshake): Promise<void> => {
      await asPromise((done) => req.session.regenerate(done))
      req.session.handshake = handshake
      await asPromise((done) => req.session.save(done))
    },
    /**
     * Ends the handshake of this browser and returns it; null if there is none, or another callback
     * was first.
     */
    consume: async (req: Request, res: Response): Promise<Handshake | null> => {
      const { handshake } = req.session
      const { rowCount } = await pool.query('delete from session where sid = $1', [req.sessionID])
      await asPromise((done) => req.session.destroy(done))
      res.clearCookie(name, cookie)
      return rowCount === 1 && handshake ? handshake : null
    },
  }
}

/** A key for this purpose only. The store signs with the first key and accepts all of them. */
const deriveKey = (secret: string) =>
  createHmac('sha256', secret).update('handshakes of sign-ins').digest('hex')

function asPromise(work: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) =>
      error
        ? reject(
            error instanceof Error
              ? error
              : new Error('The session store failed.', { cause: error }),
          )
        : resolve(),
    )
  })
}
