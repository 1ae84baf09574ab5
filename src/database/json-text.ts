/**
 * Formats a value as JSON that a JSONB column can store. Replaces lone surrogates, which truncation
 * or a client may leave, and NUL with U+FFFD.
 */
export const toJsonText = (value: object): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(/[\p{Cs}\0]/gu, '\uFFFD') : part,
  )
