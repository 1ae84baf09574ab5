/**
 * JSON that a JSONB column holds: halves of characters, which a cut or a client may leave, and NUL
 * have no place in it.
 */
export const toJsonText = (value: object): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(/[\p{Cs}\0]/gu, '\uFFFD') : part,
  )
