import { parseUrl } from './parse-url.ts'

const MASK = '•••'

/** A shorter one would be found in words that have nothing to do with it. */
const MIN_LENGTH = 8

/**
 * Replaces these secrets in any text, also as URLs and JSON write them. A secret of fewer than
 * eight characters stays: it would take words of the language along.
 */
export function createSecretMasker(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= MIN_LENGTH)
  const forms = new Set(
    long.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]),
  )
  if (forms.size === 0) return (text) => text
  const longestFirst = [...forms].sort((one, other) => other.length - one.length)
  const any = new RegExp(
    longestFirst.map((form) => form.replaceAll(/[^\w]/gu, '\\$&')).join('|'),
    'g',
  )
  return (text) => text.replace(any, MASK)
}

/** The password in a URL, as it was before it was written there; null where there is none. */
export function findPassword(url: string): string | null {
  const raw = parseUrl(url)?.password ?? ''
  if (raw === '') return null
  try {
    return decodeURIComponent(raw)
  } catch (error) {
    if (error instanceof URIError) return raw
    throw error
  }
}

/**
 * The words of an error without the values of a statement that failed, which may be anything that
 * the database keeps.
 */
export const redactValues = (message: string): string =>
  message.replace(/^(Failed query: [\s\S]*?)\nparams: [\s\S]*?(?=\n {4}at |$)/, '$1')

/** A URL without its password, also one that cannot be parsed. */
export const hidePassword = (url: string): string => url.replace(/(\/\/[^/@:\s]*):.*@/s, '$1:***@')
