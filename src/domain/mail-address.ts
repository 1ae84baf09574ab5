import { parseUrl } from './parse-url.ts'

/**
 * Who a mail is from: the name that people see beside it, '' when none is said, and the address.
 */
export type MailSender = { name: string; address: string }

const MAX_ADDRESS_LENGTH = 254
const MAX_LOCAL_LENGTH = 64
const MAX_TEXT_LENGTH = 255
const UNSEEN = /[\p{Cc}\u2028\u2029]/u
/** `%0d%0a` is a line break to a program that takes the address out of a link. */
const ESCAPED_CONTROL = /%(?:[01][\da-f]|7f)/i
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

const ONE_ADDRESS = 'Enter exactly one address, such as ann@example.com.'
const ONE_SENDER = 'Write it as ann@example.com or Forecourt <ann@example.com>.'

/**
 * Why a text is not exactly one bare address that a mail can go to; null when it is. A name beside
 * it, a list, quotes and every line break are refused: in a mail's headers they become further
 * recipients. A domain may have any letters; what stands before the @ may not, as most mail servers
 * do not take it (RFC 6531).
 */
export function findMailAddressProblem(address: string): string | null {
  const problem = findSyntaxProblem(address)
  return problem ? `mail address ${quoteText(address)} ${problem}. ${ONE_ADDRESS}` : null
}

/**
 * The same for the address of an account or an owner, whose domain has a dot: `ann@localhost`
 * cannot be signed in with.
 */
export const accountAddressProblem = (written: string): string | null =>
  findMailAddressProblem(written) ??
  (/\.[^.]+$/.test(written.slice(written.lastIndexOf('@')))
    ? null
    : `mail address ${quoteText(written)} has no dot in its domain. ${ONE_ADDRESS}`)

/**
 * Why a text can't be a subject or the name of a sender; null when it can: one line of 1 to 255
 * characters.
 */
export function findHeaderTextProblem(text: string): string | null {
  const long = [...text].length
  if (UNSEEN.test(text))
    return (
      `text ${quoteText(text)} has a line break or another control character. Write it on one ` +
      'line.'
    )
  if (text.trim() === '')
    return `text ${quoteText(text)} is blank. Write 1 to ${MAX_TEXT_LENGTH} characters.`
  return long > MAX_TEXT_LENGTH
    ? `text ${quoteText(text)} has ${long} characters. Write ${MAX_TEXT_LENGTH} or fewer.`
    : null
}

/**
 * The sender that `ann@example.com` or `Forecourt <ann@example.com>` says. Quotes around the name
 * are taken off.
 */
export function parseMailSender(text: string): MailSender | { problem: string } {
  const [, rawName = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? []
  const address = bracketed ?? text.trim()
  const name = rawName.trim().replace(/^"(.*)"$/, '$1')
  const found = UNSEEN.test(text)
    ? 'has a line break or another control character'
    : findSyntaxProblem(address)
  if (found) return { problem: `sender ${quoteText(text)} ${found}. ${ONE_SENDER}` }
  const problem = name === '' ? null : findHeaderTextProblem(name)
  return problem ? { problem } : { name, address }
}

/**
 * An address as mail servers are told it: its domain in ASCII, `ann@xn--mnchen-3ya.de`. Throws
 * where mailAddressProblem has one.
 */
export function toAsciiAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${getAsciiDomain(address)}`
}

/**
 * What stands behind the @ of an address, in ASCII and lower case. Throws where mailAddressProblem
 * has one.
 */
export function getAsciiDomain(address: string): string {
  const domain = toAsciiDomain(address.slice(address.lastIndexOf('@') + 1))
  if (domain === null)
    throw new Error(
      findMailAddressProblem(address) ?? `mail address ${quoteText(address)} has no domain.`,
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
  if (ESCAPED_CONTROL.test(local))
    return 'has a control character before the @, written with a percent sign'
  if (/[^ -~]/.test(local))
    return 'has letters outside ASCII before the @, which most mail servers do not accept'
  if (local.length > MAX_LOCAL_LENGTH || !LOCAL.test(local))
    return 'has no mailbox name before the @'
  const ascii = toAsciiDomain(domain)
  if (ascii === null) return 'has no domain after the @'
  return local.length + 1 + ascii.length > MAX_ADDRESS_LENGTH
    ? `is longer than ${MAX_ADDRESS_LENGTH} characters in ASCII`
    : null
}

/** A domain in ASCII; null for an IP address, and for a single word other than localhost. */
function toAsciiDomain(rawDomain: string): string | null {
  const url = `http://${rawDomain}`
  const host = /^[\p{L}\p{M}\p{N}.-]+$/u.test(rawDomain) ? (parseUrl(url)?.hostname ?? '') : ''
  const labels = host.split('.')
  const real = labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1) ?? '')
  return real && (labels.length > 1 || host === 'localhost') ? host : null
}

const quoteText = (text: string) =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
