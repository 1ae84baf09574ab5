import { createHmac, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import connectPgSimple from 'connect-pg-simple'
import type { Request, Response } from 'express'
import session from 'express-session'
import { parseCookies, type Payload } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../database/transaction.ts'
import type { Settings } from '../../env.ts'
import { getSigningSecrets } from '../sessions/signing-secrets.ts'

const Handshake = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  provider: z.string(),
  returnTo: z.string(),
})
const SessionContent = z.object({ handshake: Handshake })

/** The data that is stored about a person while they are at their provider. */
export type Handshake = z.infer<typeof Handshake>

declare module 'express-session' {
  interface SessionData {
    handshake: Handshake
  }
}

const TTL_MS = 10 * 60_000

/**
 * Stores handshakes for ten minutes, in the table `session` of connect-pg-simple. The browser has a
 * cookie with a random value, and the row has its hash as the ID. The first callback deletes the
 * row, so that none is used twice.
 */
export function createHandshakeStore(payload: Payload, { production }: Settings) {
  const { pool } = getPostgresAdapter(payload)
  const cookieName = `${production ? '__Host-' : ''}forecourt-sign-in`
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: production } as const
  const secrets = getSigningSecrets(payload)
  const Store = connectPgSimple(session)
  const store = new Store({ pool, tableName: 'session', pruneSessionInterval: false })
  const save = promisify(store.set.bind(store))

  /** Deletes the row of a browser's cookie and returns its handshake, unless it has expired. */
  const take = async ({ headers }: Request): Promise<Handshake | null> => {
    const value = parseCookies(new Headers({ cookie: headers.cookie ?? '' })).get(cookieName)
    if (!value) return null
    const { rows } = await pool.query<{ sess: unknown }>(
      'delete from session where sid = any($1) and expire >= now() returning sess',
      [secrets.map((secret) => hashCookie(value, secret))],
    )
    return SessionContent.safeParse(rows[0]?.sess).data?.handshake ?? null
  }
  return {
    /** Begins a handshake with a new cookie. */
    begin: async (req: Request, res: Response, handshake: Handshake): Promise<void> => {
      await take(req)
      const [value, expires] = [
        randomBytes(32).toString('base64url'),
        new Date(Date.now() + TTL_MS),
      ]
      const cookie = { ...attributes, expires, originalMaxAge: TTL_MS }
      await save(hashCookie(value, secrets[0]), { cookie, handshake })
      res.cookie(cookieName, value, { ...attributes, expires })
    },
    /**
     * Ends the handshake of this browser and returns it; null if there is none, or another callback
     * was first.
     */
    consume: async (req: Request, res: Response): Promise<Handshake | null> => {
      const handshake = await take(req)
      res.clearCookie(cookieName, attributes)
      return handshake
    },
  }
}

/** The ID of the row of a cookie: whoever can read the table cannot make the cookie from it. */
const hashCookie = (value: string, secret: string) =>
  createHmac('sha256', secret).update(`handshake of a sign-in ${value}`).digest('base64url')
