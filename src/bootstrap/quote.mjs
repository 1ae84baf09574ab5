/**
 * A word of a caller as a message shows it: in quotes, on one line, with the codes of characters
 * that cannot be seen.
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
