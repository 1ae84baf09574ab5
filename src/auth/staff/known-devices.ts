import { randomBytes } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  type CollectionAfterLoginHook,
  type CollectionAfterLogoutHook,
  parseCookies,
  type PayloadRequest,
} from 'payload'
import { getTransaction } from '../../database/transaction.ts'
import {
  createDeviceCookie,
  formatDeviceCookie,
  getDeviceCookieName,
  readDeviceCookie,
} from '../sessions/device-cookies.ts'
import { SIGN_IN_PROVIDER } from './sign-in-rows.ts'

/**
 * The known device of a sign-in request to an account; null if the device is unknown. `secret`
 * signs the account's cookies; null if it has none.
 */
export function findKnownDevice(
  req: PayloadRequest,
  account: { id: string; secret: string | null } | undefined,
): string | null {
  if (!account?.secret) return null
  const name = getDeviceCookieName(req.payload.config.cookiePrefix, account.id)
  const cookie = parseCookies(req.headers).get(name)
  return cookie
    ? readDeviceCookie({ id: account.id, secret: account.secret }, cookie, Date.now())
    : null
}

/**
 * A successful sign-in with a password makes the browser a known device of the account: its
 * response sets the device cookie.
 */
export const rememberDevice: CollectionAfterLoginHook = async ({ req, user }) => {
  if (req.context[SIGN_IN_PROVIDER] === undefined) await setDeviceCookie(req, user.id)
}

/**
 * Adds a device cookie to the response of a request. Creates the account's secret in its
 * transaction if it has none.
 */
export async function setDeviceCookie(req: PayloadRequest, userId: string): Promise<void> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    insert into device_secrets (user_id, secret) values (${userId},
      ${randomBytes(32).toString('hex')})
    on conflict (user_id) do update set secret = device_secrets.secret returning secret`)
  const { config } = req.payload
  const value = createDeviceCookie({ id: userId, secret: String(rows[0]?.['secret']) }, Date.now())
  const { cookies } = req.payload.collections.users.config.auth
  const header = formatDeviceCookie(
    getDeviceCookieName(config.cookiePrefix, userId),
    value,
    Boolean(cookies.secure),
  )
  req.responseHeaders ??= new Headers()
  req.responseHeaders.append('set-cookie', header)
}

/** Signing out everywhere resets all known devices. */
export const forgetDevicesAtLogout: CollectionAfterLogoutHook = async ({ req }) => {
  const { user } = req
  if (user?.collection === 'users' && req.query['allSessions'] === 'true')
    await forgetDevices(req, user.id)
}

/** Makes all devices of an account unknown by deleting its secret, in the transaction of `req`. */
export async function forgetDevices(req: PayloadRequest, userId: string): Promise<void> {
  await getTransaction(req).db.execute(sql`delete from device_secrets where user_id = ${userId}`)
}
