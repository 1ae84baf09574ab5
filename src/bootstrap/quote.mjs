/**
 * Formats an argument for a message: in quotes, on one line, with codes for invisible characters.
 */
export function quoteWord(word) {
  return `"${showWord(word)}"`
}

/** The same without quotes. */
export function showWord(word) {
  return [...word]
    .slice(0, 80)
    .join('')
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
      (sign) => `\\u${sign.codePointAt(0).toString(16).padStart(4, '0')}`,
    )
}
