import { isAbsolute } from 'node:path'
import { isIP } from 'node:net'
import { z } from 'zod'
import { isTimeZone } from '../domain/calendar.ts'
import { findCronProblem } from '../domain/cron.ts'
import { isLoopback } from '../domain/loopback.ts'
import { hasCents, isCurrency } from '../domain/money.ts'
import { parseMailSender } from '../domain/mail-address.ts'
import { isOneUrl } from '../domain/one-url.ts'
import { parseTierLimits } from '../domain/tier-limits.ts'
import { findWebAddressProblem } from '../domain/web-address.ts'
import { parseSmtpUrl } from '../mail/smtp-url.ts'
import { removePeriod } from '../domain/error-sentence.ts'
import { parseClamdAddress } from '../uploads/scan/clamd-address.ts'

/*
 * The kinds of values that a setting may have; src/env.ts defines the settings. The message of each
 * check states what is allowed and gives an example. It continues `PORT is "x", but it …` and has
 * no period: src/settings/setting-errors.ts builds the sentence.
 */

const filled = (rule: string) => z.string().trim().min(1, rule)
/** Any text that is not blank. */
export const text = (example: string) =>
  filled(`must be text other than spaces, such as ${example}`)
/** The absolute path of a folder. */
export const absoluteFolder = (example: string) =>
  text(example).refine(isAbsolute, `must be an absolute path, such as ${example}`)
/** A text of at most `max` characters. */
export const shortText = (max: number, example: string) =>
  text(example).max(max, `must be text of at most ${max} characters, such as ${example}`)
/** A text that is used unchanged as the value of an HTTP header. */
export const headerText = (max: number, example: string) =>
  shortText(max, example).regex(/^[\x20-\x7e]*$/, `must be ASCII text, such as ${example}`)
/** A key or token that is sent in an HTTP header. */
export const token = (example: string) =>
  text(example).regex(
    /^[\x21-\x7e]+$/,
    `must be printable ASCII text without spaces, such as ${example}`,
  )
/** A secret of at least `min` characters; surrounding spaces are part of it. */
export const secret = (min: number, example: string) =>
  z
    .string()
    .refine(
      (value) => value.trim().length >= min,
      `must be text of ${min} characters or more, such as ${example}`,
    )
/** A whole number within bounds, with a default. */
export const wholeNumber = (min: number, max: number, usual: number) => {
  const allowed = `must be a whole number from ${min} to ${max}, such as ${usual}`
  const number = z.number().min(min, allowed).max(max, allowed)
  return z.string().trim().regex(/^\d+$/, allowed).transform(Number).pipe(number).default(usual)
}
/** A number within bounds, with at most `places` decimals. */
export const decimalNumber = (min: number, max: number, places: number, example: string) => {
  const allowed = `must be a number from ${min} to ${max}, such as ${example}`
  const written = new RegExp(String.raw`^-?\d+(\.\d{1,${places}})?$`)
  const number = z.number().min(min, allowed).max(max, allowed)
  return z.string().trim().regex(written, allowed).transform(Number).pipe(number)
}
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true')
/** One of several words. */
export const choice = <const Words extends readonly [string, ...string[]]>(values: Words) =>
  z.enum(values, `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`)
/**
 * The address that a server listens on: an IP address or host name of this machine. IPv6 may be in
 * brackets.
 */
export const host = (example: string) =>
  z
    .string()
    .transform((value) => value.trim().replace(/^\[(.*)\]$/, '$1'))
    .refine(
      isHost,
      `must be an IP address or a host name such as ${example}, without http:// and without a port`,
    )
/** The address of a ClamAV daemon. */
export const scannerAddress = text('tcp://127.0.0.1:3310').refine(
  (value) => parseClamdAddress(value) !== null,
  'must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl',
)
/** A URL that matches a pattern. */
export const url = (pattern: RegExp, like: string) =>
  filled(`must look like ${like}`).refine(
    (value) => pattern.test(value) && isReadableUrl(value),
    `must look like ${like}`,
  )
/** The address of a page or an API: http or https, without a user. */
export const webUrl = (pattern: RegExp, like: string) =>
  url(pattern, like).refine(
    (value) => findWebAddressProblem(value) === null,
    `must look like ${like}`,
  )
export const ORIGIN = /^https?:\/\/[^/\\\s\p{Cc}?#@]+$/u
/** A comma-separated list of origins. */
export const origins = (example: string) =>
  z
    .string()
    .transform(splitList)
    .refine(
      (all) => all.every((one) => ORIGIN.test(one) && isReadableUrl(one)),
      `must be origins such as ${example}, separated by commas`,
    )
/** A comma-separated list of IP addresses, or localhost, each with a port. */
export const serverAddresses = (example: string) =>
  z
    .string()
    .transform(splitList)
    .refine(
      (all) => all.every(isServerAddress),
      `must be IP addresses with a port, such as ${example}, separated by commas`,
    )
const DOMAIN = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/
export const domains = z
  .string()
  .transform((value) => splitList(value.toLowerCase()))
  .refine(
    (all) => all.every((one) => DOMAIN.test(one)),
    'must be domains such as cars.example, separated by commas',
  )
/** A cron expression of five fields; null for `off`. */
export const cron = z.string().transform((written, about) => {
  const value = written.trim()
  if (value === 'off') return null
  const problem = findCronProblem(value)
  if (problem)
    about.addIssue(
      `${removePeriod(problem).replace(/, not "[^]*(?=\. Every)/, '')}; off means never`,
    )
  return value
})
/** The limits of the tiers of owners' subscriptions, as JSON. */
export const tierLimits = z.string().transform((written, about) => {
  const parsed = parseTierLimits(written)
  if ('value' in parsed) return parsed.value
  about.addIssue(parsed.problem)
  return z.NEVER
})
export const timeZone = z
  .string()
  .trim()
  .refine(isTimeZone, 'must be an IANA time zone such as America/Los_Angeles')
/** A currency whose amounts have two decimals, as the columns for money have. */
export const currency = z
  .string()
  .trim()
  .superRefine((value, about) => {
    if (!isCurrency(value))
      about.addIssue('must be an ISO 4217 currency code in capitals, such as USD, EUR or CAD')
    else if (!hasCents(value))
      about.addIssue(
        'must be a currency with two decimals, such as USD, EUR or CAD, because amounts are ' +
          'stored with two',
      )
  })
export const address = webUrl(
  /^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/,
  'https://tenant.eu.auth0.com/',
)
/** The address of a source that requires a key: https, or on this machine. */
export const sourceAddress = webUrl(/^https?:\/\/[^/\s?#@]+\/?$/, 'https://api.example.com').refine(
  (value) => value.startsWith('https:') || isLoopback(URL.parse(value)?.hostname ?? ''),
  'must be an https URL such as https://api.example.com, so that the key is encrypted in transit',
)
/** The base URL of a public service, which may have a path. */
export const serviceAddress = (example: string) =>
  webUrl(/^https?:\/\/[^\s?#@]+$/, example).refine(
    (value) => value.startsWith('https:') || isLoopback(URL.parse(value)?.hostname ?? ''),
    `must be an https URL such as ${example}`,
  )
/** The name of a bucket in S3. */
export const bucket = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'must be the name of a bucket: 3 to 63 lower-case letters, digits, periods and hyphens, such ' +
      'as forecourt-files',
  )
/** What the keys in a bucket begin with; ends in a slash unless it is empty. */
export const keyPrefix = z
  .string()
  .trim()
  .regex(
    /^[\w-][\w.-]*(\/[\w-][\w.-]*)*\/?$/,
    'must be a relative path, such as forecourt or sites/forecourt',
  )
  .transform((value) => value.replace(/\/?$/, '/'))
/** The URL of a mail server. */
export const mailServer = z
  .string()
  .trim()
  .superRefine((value, about) => {
    const found = parseSmtpUrl(value)
    if ('problem' in found) about.addIssue(`cannot be used: it ${found.problem}`)
  })
/** The sender of mails. */
export const sender = z
  .string()
  .trim()
  .superRefine((value, about) => {
    const found = parseMailSender(value)
    if ('problem' in found)
      about.addIssue(
        `cannot be used: it ${removePeriod(found.problem).replace(/^sender "[^]*" (?=[a-z])/, '')}`,
      )
  })

/** Whether a text is an IP address, in brackets if it is IPv6, or localhost, with a port. */
function isServerAddress(value: string): boolean {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(value) ?? []
  const isHere = host === 'localhost' || isIP(host.replace(/^\[(.*)\]$/, '$1')) > 0
  return isHere && Number(port) >= 1 && Number(port) <= 65_535
}

const splitList = (value: string) => value.split(',').map((one) => one.trim())

/**
 * Whether a text is one URL whose parts can be decoded: libraries throw for an invalid percent
 * escape.
 */
function isReadableUrl(value: string): boolean {
  const parsed = URL.parse(value)
  if (!parsed || !isOneUrl(value)) return false
  try {
    for (const part of [parsed.username, parsed.password, parsed.pathname]) decodeURIComponent(part)
    return true
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

/**
 * Whether a text is a host: digits and dots alone must form an address; a name contains no colon.
 */
function isHost(value: string): boolean {
  if (isIP(value.replace(/%.*$/, '')) !== 0) return true
  return (
    /^[\p{L}\p{M}\p{N}_-]+(\.[\p{L}\p{M}\p{N}_-]+)*\.?$/u.test(value) && !/^[\d.]+$/.test(value)
  )
}
