const MASK = '•••'

/** A shorter secret would match parts of unrelated words. */
const MIN_LENGTH = 8

/**
 * Creates a function that masks these secrets in any text, including their URL and JSON encodings.
 * Secrets of fewer than eight characters are not masked, because they would match ordinary words.
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

/** The decoded password of a URL; null if it has none. */
export function findPassword(url: string): string | null {
  const raw = URL.parse(url)?.password ?? ''
  if (raw === '') return null
  try {
    return decodeURIComponent(raw)
  } catch (error) {
    if (error instanceof URIError) return raw
    throw error
  }
}

/**
 * Removes the values of a failed statement from an error message, because they may be any stored
 * data.
 */
export const redactValues = (message: string): string =>
  message.replace(/^(Failed query: [\s\S]*?)\nparams: [\s\S]*?(?=\n {4}at |$)/, '$1')

/** A URL without its password, even if the URL cannot be parsed. */
export const hidePassword = (url: string): string => url.replace(/(\/\/[^/@:\s]*):.*@/s, '$1:***@')
