import type { Delivery } from './deliver.ts'
import type { SmtpServer } from './smtp-url.ts'

/** The progress of an attempt: `handedOver` once the end of the mail may have been sent. */
export type Progress = { stage: 'connect' | 'sign-in' | 'mail'; handedOver: boolean }

/** The relevant parts of a failure: the server's response with its code, if there was one. */
export type SmtpFailure = Error & {
  response?: string
  responseCode?: number | false
  code?: string
}

/**
 * Response codes that concern this client and not the mail: wrong order, no sign-in, no encryption.
 */
const CONFIGURATION_CODES: readonly number[] = [503, 530, 534, 535, 538]

/**
 * What a failed attempt means for the mail. Without a response after the whole mail was handed
 * over, the result is unknown.
 */
export function classifyFailure(
  failure: SmtpFailure,
  { stage, handedOver }: Progress,
  server: SmtpServer,
): Delivery {
  const where = `${server.host}:${server.port}`
  const detail = failure.response ?? failure.message
  if (stage === 'connect')
    return {
      outcome: 'later',
      unreachable: true,
      detail: `The mail server ${where} cannot be used: ${detail}`,
    }
  if (stage === 'sign-in')
    return {
      outcome: 'later',
      unreachable: true,
      detail:
        `The mail server ${where} rejected the sign-in with SMTP_URL: ` +
        `${redactSecrets(detail, server)}`,
    }
  const code = failure.responseCode || 0
  if (code >= 400 && code < 600)
    return {
      outcome: code < 500 || CONFIGURATION_CODES.includes(code) ? 'later' : 'refused',
      detail,
    }
  if (handedOver)
    return {
      outcome: 'unknown',
      detail:
        `The e-mail was handed over to ${where} and may have been accepted, but an error ` +
        `followed: ${detail}`,
    }
  if (failure.code === 'EMESSAGE' && !failure.response)
    return { outcome: 'refused', detail: `The e-mail is too long for ${where}: ${detail}` }
  return { outcome: 'later', detail: `The e-mail was not handed over to ${where}: ${detail}` }
}

/** A response, or only its codes if it repeats our credentials, in plain text or as sent. */
function redactSecrets(detail: string, { signIn }: SmtpServer): string {
  if (!signIn) return detail
  const { user, pass } = signIn
  const plain = [user, pass, encodeURIComponent(user), encodeURIComponent(pass)]
  const secrets = [
    ...plain,
    ...[user, pass, `\0${user}\0${pass}`].map((value) => Buffer.from(value).toString('base64')),
  ]
  if (!secrets.some((secret) => detail.includes(secret))) return detail
  return (
    /^\d{3}([ -]\d\.\d{1,3}\.\d{1,3})?\b/.exec(detail)?.[0] ??
    'its response repeats the user name or the password'
  )
}
