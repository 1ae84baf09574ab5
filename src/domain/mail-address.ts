import { parseUrl } from './parse-url.ts'

/** Who a mail is from: the name that people see beside it, '' when none is said, and the address. */
export type MailSender = { name: string; address: string }

const LONGEST_ADDRESS = 254
const LONGEST_LOCAL = 64
const LONGEST_TEXT = 255
const UNSEEN = /[\p{Cc}\u2028\u2029]/u
/** `%0d%0a` is a line break to a program that takes the address out of a link. */
const ESCAPED_CONTROL = /%(?:[01][\da-f]|7f)/i
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

const ONE_ADDRESS = 'Enter one address and nothing else, such as ann@example.com.'
const ONE_SENDER = 'Write it as ann@example.com or Forecourt <ann@example.com>.'

/**
 * Why a text is not exactly one bare address that a mail can go to; null when it is. A name beside it, a list, quotes and every line break
 * are refused: in a mail's headers they become further recipients. A domain may have any letters; what stands before the @ may not, as
 * most mail servers do not take it (RFC 6531).
 */
export function mailAddressProblem(said: string): string | null {
  const wrong = wrongOf(said)
  return wrong ? `mail address ${quoted(said)} ${wrong}. ${ONE_ADDRESS}` : null
}

/** The same for the address of an account or an owner, whose domain has a dot: `ann@localhost` cannot be signed in with. */
export const accountAddressProblem = (written: string): string | null =>
  mailAddressProblem(written) ??
  (/\.[^.]+$/.test(written.slice(written.lastIndexOf('@')))
    ? null
    : `mail address ${quoted(written)} has no dot in its domain. ${ONE_ADDRESS}`)

/** Why a text can't be a subject or the name of a sender; null when it can: one line of 1 to 255 characters. */
export function headerTextProblem(said: string): string | null {
  const long = [...said].length
  if (UNSEEN.test(said)) return `text ${quoted(said)} has a line break or another control character. Write it on one line.`
  if (said.trim() === '') return `text ${quoted(said)} is blank. Write 1 to ${LONGEST_TEXT} characters.`
  return long > LONGEST_TEXT ? `text ${quoted(said)} has ${long} characters. Write ${LONGEST_TEXT} or fewer.` : null
}

/** The sender that `ann@example.com` or `Forecourt <ann@example.com>` says. Quotes around the name are taken off. */
export function mailSender(said: string): MailSender | { problem: string } {
  const [, written = '', within] = /^([^<>]*)<([^<>]*)>$/.exec(said.trim()) ?? []
  const address = within ?? said.trim()
  const name = written.trim().replace(/^"(.*)"$/, '$1')
  const wrong = UNSEEN.test(said) ? 'has a line break or another control character' : wrongOf(address)
  if (wrong) return { problem: `sender ${quoted(said)} ${wrong}. ${ONE_SENDER}` }
  const problem = name === '' ? null : headerTextProblem(name)
  return problem ? { problem } : { name, address }
}

/** An address as mail servers are told it: its domain in ASCII, `ann@xn--mnchen-3ya.de`. Throws where mailAddressProblem has one. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${asciiDomain(address)}`
}

/** What stands behind the @ of an address, in ASCII and lower case. Throws where mailAddressProblem has one. */
export function asciiDomain(address: string): string {
  const domain = domainOf(address.slice(address.lastIndexOf('@') + 1))
  if (domain === null) throw new Error(mailAddressProblem(address) ?? `mail address ${quoted(address)} has no domain.`)
  return domain
}

function wrongOf(said: string): string | null {
  if (said === '') return 'is empty'
  if (UNSEEN.test(said)) return 'has a line break or another control character'
  if (said.length > LONGEST_ADDRESS) return `has ${said.length} characters, more than ${LONGEST_ADDRESS}`
  if (/[,;]/.test(said)) return 'names more than one'
  if (/[<>]/.test(said)) return 'has angle brackets'
  if (/\s/.test(said)) return 'has a space'
  const [local = '', domain = '', more] = said.split('@')
  if (more !== undefined || !said.includes('@')) return 'does not have exactly one @'
  if (ESCAPED_CONTROL.test(local)) return 'has a control character before the @, written with a percent sign'
  if (/[^ -~]/.test(local)) return 'has letters outside ASCII before the @, which most mail servers do not take'
  if (local.length > LONGEST_LOCAL || !LOCAL.test(local)) return 'has no name of a mailbox before the @'
  const ascii = domainOf(domain)
  if (ascii === null) return 'has no domain after the @'
  return local.length + 1 + ascii.length > LONGEST_ADDRESS ? `is longer than ${LONGEST_ADDRESS} characters in ASCII` : null
}

/** A domain in ASCII; null for an IP address, and for a single word other than localhost. */
function domainOf(written: string): string | null {
  const url = `http://${written}`
  const host = /^[\p{L}\p{M}\p{N}.-]+$/u.test(written) ? (parseUrl(url)?.hostname ?? '') : ''
  const labels = host.split('.')
  const real = labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1) ?? '')
  return real && (labels.length > 1 || host === 'localhost') ? host : null
}

const quoted = (said: string) => JSON.stringify(said.length > 80 ? `${said.slice(0, 80)}…` : said)
