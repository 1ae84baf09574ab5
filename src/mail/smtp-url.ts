import { isOneUrl } from '../domain/one-url.ts'
import { isLoopback } from '../domain/loopback.ts'

/**
 * A mail server and its credentials: `secure` is TLS from the first byte, `requireTls` is mandatory
 * STARTTLS.
 */
export type SmtpServer = {
  host: string
  port: number
  secure: boolean
  requireTls: boolean
  signIn: { user: string; pass: string } | null
}

const EXPECTED_FORM =
  'it must look like smtp://user:password@mail.example.com:587 or smtps://mail.example.com, ' +
  'with nothing after the port'

/**
 * Parses SMTP_URL. The default ports are 587, and 465 for smtps. A password is only sent encrypted
 * to other machines. A problem never repeats the URL, because it may contain the password; it
 * continues a sentence that starts with "SMTP_URL" and has no period.
 */
export function parseSmtpUrl(text: string): SmtpServer | { problem: string } {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || !isOneUrl(text))
    return { problem: `does not name a mail server; ${EXPECTED_FORM}` }
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash)
    return { problem: `contains more than a server; ${EXPECTED_FORM}` }
  const user = decodeUserInfo(url.username)
  const pass = decodeUserInfo(url.password)
  if (user === null || pass === null)
    return {
      problem:
        'has a % in its user name or password that does not start an escape sequence. Write ' +
        '% as %25',
    }
  if ((user === '') !== (pass === ''))
    return { problem: `has only a user name or only a password; ${EXPECTED_FORM}` }
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const signIn = user === '' ? null : { user, pass }
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTls: signIn !== null && !secure && !isLoopback(host),
    signIn,
  }
}

function decodeUserInfo(written: string): string | null {
  try {
    return decodeURIComponent(written)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
