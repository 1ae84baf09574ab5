import { z } from 'zod'
import { isTimeZone } from './domain/calendar.ts'
import { cronProblem } from './domain/cron.ts'
import { isLoopback } from './domain/loopback.ts'
import { findWebAddressProblem } from './domain/web-address.ts'

/* The kinds of things that a setting may say; src/env.ts has the settings. */

export const text = z.string().trim().min(1)
export const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most))
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((said) => said === 'true')
export const url = (pattern: RegExp, like: string) => text.regex(pattern, `must look like ${like}`)
/** A setting that is the address of a page or of an API: over http or https, without a user in it. */
export const webUrl = (pattern: RegExp, like: string) =>
  url(pattern, like).refine((said) => findWebAddressProblem(said) === null, `must look like ${like}`)
export const origins = text.transform((said) => said.split(',').map((one) => one.trim()))
const DOMAIN = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/
export const domains = text
  .transform((said) => said.split(',').map((one) => one.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(DOMAIN, 'must be domains such as cars.example, separated by commas')))
export const cron = text.transform((said, about) => {
  if (said === 'off') return null
  const problem = cronProblem(said)
  if (problem) about.addIssue(`${problem} Or say off.`)
  return said
})
/** A setting that a rule reads: its problem, where it has one, is the message. */
export const problemOf =
  (read: (said: string) => object): ((said: string, about: z.core.$RefinementCtx<string>) => void) =>
  (said, about) => {
    const found = read(said)
    if ('problem' in found) about.addIssue(`can't be used: ${String(found.problem)}`)
  }
export const timeZone = text.refine(isTimeZone, 'must be an IANA time zone such as America/Los_Angeles')
export const address = webUrl(/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/, 'https://tenant.eu.auth0.com/')
/** Where a source is asked with a key: over https, or on this machine. */
export const sourceAddress = webUrl(/^https?:\/\/[^/\s?#@]+\/?$/, 'https://api.example.com').refine(
  (said) => said.startsWith('https:') || isLoopback(new URL(said).hostname),
  'must start with https://, or the key would travel in the open',
)
export const ORIGIN = /^https?:\/\/[^/\\\s\p{Cc}?#@]+$/u
