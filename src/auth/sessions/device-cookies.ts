import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const YEAR_SECONDS = 365 * 24 * 3600
const COOKIE = /^([\w-]{22})\.(\d{10})\.([\w-]{43})$/

/** The account of a device cookie: its id, and the secret that signs its cookies. */
export type DeviceAccount = { id: string; secret: string }

/**
 * The name of an account's cookie, which does not reveal the account: several people may sign in
 * with one browser.
 */
export function getDeviceCookieName(cookiePrefix: string, accountId: string): string {
  const hash = createHmac('sha256', 'device cookie').update(accountId).digest('hex')
  return `${cookiePrefix}-device-${hash.slice(0, 16)}`
}

/**
 * Creates a cookie that marks a browser as known to an account (OWASP: "Slow Down Online Guessing
 * Attacks with Device Cookies"). It does not sign anyone in: it only gives the browser separate
 * sign-in attempts. `now` is in milliseconds.
 */
export function createDeviceCookie(account: DeviceAccount, now: number): string {
  const nonce = randomBytes(16).toString('base64url')
  const issuedAt = Math.floor(now / 1000)
  return `${nonce}.${issuedAt}.${signDevice(account, nonce, issuedAt)}`
}

/**
 * The device in a cookie of an account; null if it is forged, of another account, revoked, or older
 * than a year. `now`: milliseconds.
 */
export function readDeviceCookie(
  account: DeviceAccount,
  cookie: string,
  now: number,
): string | null {
  const [, nonce = '', issued = '', signature = ''] = COOKIE.exec(cookie) ?? []
  const issuedAt = Number(issued)
  const age = now / 1000 - issuedAt
  if (!nonce || age > YEAR_SECONDS || age < -60) return null
  const isSigned = timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(signDevice(account, nonce, issuedAt)),
  )
  return isSigned ? nonce : null
}

/**
 * The `Set-Cookie` header of such a cookie: same site only, not readable by scripts, valid for a
 * year.
 */
export function formatDeviceCookie(name: string, value: string, secure: boolean): string {
  return (
    `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; ${secure ? 'Secure; ' : ''}HttpOnly; ` +
    'SameSite=Strict'
  )
}

const signDevice = ({ id, secret }: DeviceAccount, nonce: string, issuedAt: number) =>
  createHmac('sha256', secret).update(`${id}.${nonce}.${issuedAt}`).digest('base64url')
