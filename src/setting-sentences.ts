import type { z } from 'zod'
import { hidePassword } from './domain/mask-secrets.ts'

type Values = Readonly<Record<string, string | undefined>>

const SECRET = /SECRET|PASSWORD$|URL$|_(TOKEN|KEY)$/
/** Of the URLs only those that are meant to have a password in them are hidden as a whole. */
const HIDDEN = /SECRET|PASSWORD$|_(TOKEN|KEY)$|^(DATABASE|DATABASE_OWNER|REDIS|SMTP)_URL$/
const LONGEST_VALUE = 80

/** Whether a setting holds a secret, or a URL that may have a password in it. */
export const isSecretSetting = (name: string): boolean => SECRET.test(name)

/**
 * One sentence for each setting that was refused, in the order of the issues: its name, its value unless that is a secret, what is allowed
 * with an example, and where every setting is listed.
 */
export function describeIssues(issues: readonly z.core.$ZodIssue[], values: Values): string[] {
  const first = new Map<string, string>()
  for (const { path, message } of issues) {
    const name = String(path[0])
    if (!first.has(name)) first.set(name, message)
  }
  return [...first].map(([name, words]) => `${name}${formatValue(name, values)} ${words} (see .env.example).`)
}

const formatValue = (name: string, values: Values) => (HIDDEN.test(name) ? '' : ` is ${quoteValue(values[name] ?? '')}, but it`)

/** A value in quotes, on one line, without what cannot be seen and without the password of a URL. */
export function quoteValue(value: string): string {
  const masked = hidePassword(value)
  const short = [...masked].length > LONGEST_VALUE ? `${[...masked].slice(0, LONGEST_VALUE).join('')}…` : masked
  const visible = short.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `\\u${sign.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
  return `"${visible}"`
}
