import { z } from 'zod'
import { parseUrl } from './parse-url.ts'

/** The sender of a mail: the display name, '' if there is none, and the address. */
export type MailSender = { name: string; address: string }

/** An address as mail servers take it. `domain` is in ASCII and lower case. */
type Mailbox = { local: string; domain: string }

const MAX_ADDRESS_LENGTH = 254
const MAX_TEXT_LENGTH = 255
const UNSEEN = /[\p{Cc}\u2028\u2029]/u

/** The syntax of browsers' e-mail inputs: every address that mail servers use, in ASCII. */
const ADDRESS = z.email({ pattern: z.regexes.html5Email })

/**
 * What browsers accept before the @ and we refuse: misplaced dots, more than 64 characters (RFC
 * 5321, 4.5.3.1.1), and `%0d%0a`, which becomes a line break in a program that decodes links.
 */
const REFUSED_LOCAL = /^\.|\.\.|\.$|^.{65}|%(?:[01][\da-f]|7f)/i

const ONE_ADDRESS = 'Enter exactly one address, such as ann@example.com.'
const HAS_UNSEEN = 'has a line break or another control character'
const ONE_SENDER = 'Write it as ann@example.com or Forecourt <ann@example.com>.'

/**
 * Explains why a text is not exactly one bare address that can receive mail; null if it is. A
 * display name, a list, quotes and line breaks are refused, because they become additional
 * recipients in the headers of a mail. The domain may contain any letters. The part before the @
 * may not, because most mail servers do not accept that (RFC 6531).
 */
export function findMailAddressProblem(address: string): string | null {
  const mailbox = parseMailbox(address)
  return 'problem' in mailbox ? describeProblem(address, mailbox.problem) : null
}

/**
 * The same check for the address of an account or an owner, whose domain must contain a dot:
 * `ann@localhost` cannot sign in.
 */
export const accountAddressProblem = (written: string): string | null =>
  findMailAddressProblem(written) ??
  (/\.[^.]+$/.test(written.slice(written.lastIndexOf('@')))
    ? null
    : describeProblem(written, 'has no dot in its domain'))

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
  const mailbox = UNSEEN.test(text) ? { problem: HAS_UNSEEN } : parseMailbox(address)
  if ('problem' in mailbox)
    return { problem: `sender ${quoteText(text)} ${mailbox.problem}. ${ONE_SENDER}` }
  const fault = name === '' ? null : findHeaderTextFault(name)
  if (fault) return { problem: `sender ${quoteText(text)} has a sender name that ${fault}` }
  return { name, address }
}

/**
 * The address in the form for mail servers, with its domain in ASCII: `ann@xn--mnchen-3ya.de`.
 * Throws if findMailAddressProblem reports a problem.
 */
export function toAsciiAddress(address: string): string {
  const { local, domain } = requireMailbox(address)
  return `${local}@${domain}`
}

/**
 * The domain of an address, in ASCII and lower case. Throws if findMailAddressProblem reports a
 * problem.
 */
export const getAsciiDomain = (address: string): string => requireMailbox(address).domain

function requireMailbox(address: string): Mailbox {
  const mailbox = parseMailbox(address)
  if ('problem' in mailbox) throw new Error(describeProblem(address, mailbox.problem))
  return mailbox
}

function parseMailbox(address: string): Mailbox | { problem: string } {
  if (address === '') return { problem: 'is empty' }
  if (UNSEEN.test(address)) return { problem: HAS_UNSEEN }
  if (/[,;]/.test(address)) return { problem: 'contains more than one address' }
  if (/[<>]/.test(address)) return { problem: 'has angle brackets' }
  if (/\s/.test(address)) return { problem: 'has a space' }
  const [local = '', ...rest] = address.split('@')
  if (rest.length > 0 && /[^ -~]/.test(local))
    return {
      problem: 'has non-ASCII characters before the @, which most mail servers do not accept',
    }
  const domain = toAsciiDomain(rest.join('@'))
  const ascii = `${local}@${domain}`
  if (ascii.length > MAX_ADDRESS_LENGTH)
    return { problem: `is longer than ${MAX_ADDRESS_LENGTH} characters` }
  return REFUSED_LOCAL.test(local) || !ADDRESS.safeParse(ascii).success
    ? { problem: 'is not valid' }
    : { local, domain }
}

/**
 * A domain in ASCII; '' for an IP address, for a single label other than localhost, and for a text
 * that is not a domain.
 */
function toAsciiDomain(rawDomain: string): string {
  const isPlain = /^[\p{L}\p{M}\p{N}.-]+$/u.test(rawDomain)
  const host = isPlain ? (parseUrl(`http://${rawDomain}`)?.hostname ?? '') : ''
  return host === 'localhost' || /\.[^.]*[a-z][^.]*$/.test(host) ? host : ''
}

const describeProblem = (address: string, problem: string) =>
  `e-mail address ${quoteText(address)} ${problem}. ${ONE_ADDRESS}`

const quoteText = (text: string) =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
