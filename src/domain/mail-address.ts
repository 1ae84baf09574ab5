/** The sender of a mail: the display name, '' if there is none, and the address. */
export type MailSender = { name: string; address: string }

const MAX_ADDRESS_LENGTH = 254
const MAX_LOCAL_LENGTH = 64
const MAX_TEXT_LENGTH = 255
const UNSEEN = /[\p{Cc}\u2028\u2029]/u
/** `%0d%0a` becomes a line break in a program that decodes the address of a link. */
const ESCAPED_CONTROL = /%(?:[01][\da-f]|7f)/i
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

const ONE_ADDRESS = 'Enter exactly one address, such as ann@example.com.'
const ONE_SENDER = 'Write it as ann@example.com or Forecourt <ann@example.com>.'

/**
 * Explains why a text is not exactly one bare address that can receive mail; null if it is. A
 * display name, a list, quotes and line breaks are refused, because they become additional
 * recipients in the headers of a mail. The domain may contain any letters. The part before the @
 * may not, because most mail servers do not accept that (RFC 6531).
 */
export function findMailAddressProblem(address: string): string | null {
  const problem = findSyntaxProblem(address)
  return problem ? `e-mail address ${quoteText(address)} ${problem}. ${ONE_ADDRESS}` : null
}

/**
 * The same check for the address of an account or an owner, whose domain must contain a dot:
 * `ann@localhost` cannot sign in.
 */
export const accountAddressProblem = (written: string): string | null =>
  findMailAddressProblem(written) ??
  (/\.[^.]+$/.test(written.slice(written.lastIndexOf('@')))
    ? null
    : `e-mail address ${quoteText(written)} has no dot in its domain. ${ONE_ADDRESS}`)

/**
 * Explains why a text cannot be a subject or the name of a sender; null if it can. It must be one
 * line of 1 to 255 characters.
 */
export function findHeaderTextProblem(text: string): string | null {
  const fault = findHeaderTextFault(text)
  return fault === null ? null : `text ${quoteText(text)} ${fault}`
}

function findHeaderTextFault(text: string): string | null {
  const long = [...text].length
  if (UNSEEN.test(text))
    return 'has a line break or another control character. Write it on one line.'
  if (text.trim() === '') return `is blank. Write 1 to ${MAX_TEXT_LENGTH} characters.`
  return long > MAX_TEXT_LENGTH
    ? `has ${long} characters. Write ${MAX_TEXT_LENGTH} or fewer.`
    : null
}

/**
 * Parses a sender such as `ann@example.com` or `Forecourt <ann@example.com>`. Quotes around the
 * name are removed.
 */
export function parseMailSender(text: string): MailSender | { problem: string } {
  const [, rawName = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? []
  const address = bracketed ?? text.trim()
  const name = rawName.trim().replace(/^"(.*)"$/, '$1')
  const found = UNSEEN.test(text)
    ? 'has a line break or another control character'
    : findSyntaxProblem(address)
  if (found) return { problem: `sender ${quoteText(text)} ${found}. ${ONE_SENDER}` }
  const fault = name === '' ? null : findHeaderTextFault(name)
  if (fault) return { problem: `sender ${quoteText(text)} has a sender name that ${fault}` }
  return { name, address }
}

/**
 * The address in the form for mail servers, with its domain in ASCII: `ann@xn--mnchen-3ya.de`.
 * Throws if findMailAddressProblem reports a problem.
 */
export function toAsciiAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${getAsciiDomain(address)}`
}

/**
 * The domain of an address, in ASCII and lower case. Throws if findMailAddressProblem reports a
 * problem.
 */
export function getAsciiDomain(address: string): string {
  const domain = toAsciiDomain(address.slice(address.lastIndexOf('@') + 1))
  if (domain === null)
    throw new Error(
      findMailAddressProblem(address) ?? `e-mail address ${quoteText(address)} has no domain.`,
    )
  return domain
}

function findSyntaxProblem(address: string): string | null {
  if (address === '') return 'is empty'
  if (UNSEEN.test(address)) return 'has a line break or another control character'
  if (address.length > MAX_ADDRESS_LENGTH)
    return `has ${address.length} characters, more than ${MAX_ADDRESS_LENGTH}`
  if (/[,;]/.test(address)) return 'contains more than one address'
  if (/[<>]/.test(address)) return 'has angle brackets'
  if (/\s/.test(address)) return 'has a space'
  const [local = '', domain = '', more] = address.split('@')
  if (more !== undefined || !address.includes('@')) return 'does not have exactly one @'
  if (ESCAPED_CONTROL.test(local)) return 'has a percent-encoded control character before the @'
  if (/[^ -~]/.test(local))
    return 'has non-ASCII characters before the @, which most mail servers do not accept'
  if (local.length > MAX_LOCAL_LENGTH || !LOCAL.test(local))
    return 'has no mailbox name before the @'
  const ascii = toAsciiDomain(domain)
  if (ascii === null) return 'has no domain after the @'
  return local.length + 1 + ascii.length > MAX_ADDRESS_LENGTH
    ? `is longer than ${MAX_ADDRESS_LENGTH} characters in its ASCII form`
    : null
}

/** A domain in ASCII; null for an IP address, and for a single label other than localhost. */
function toAsciiDomain(rawDomain: string): string | null {
  const url = `http://${rawDomain}`
  const host = /^[\p{L}\p{M}\p{N}.-]+$/u.test(rawDomain) ? (URL.parse(url)?.hostname ?? '') : ''
  const labels = host.split('.')
  const real = labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1) ?? '')
  return real && (labels.length > 1 || host === 'localhost') ? host : null
}

const quoteText = (text: string) =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
