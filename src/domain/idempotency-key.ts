const KEY = /^[\x21-\x7e]{1,255}$/

/** A valid key, or why the value of the header is not valid. */
export type IdempotencyKey = { key: string } | { problem: string }

/**
 * Parses the key of an `Idempotency-Key` header: 1 to 255 visible ASCII characters, compared byte
 * for byte. The quotation marks that draft-ietf-httpapi-idempotency-key-header requires are part of
 * the key: `"a"` and `a` are two keys.
 */
export function parseIdempotencyKey(header: string): IdempotencyKey {
  if (KEY.test(header)) return { key: header }
  return {
    problem:
      'Idempotency-Key must be sent only once and be 1 to 255 visible ASCII characters ' +
      'without spaces, such as a UUID.',
  }
}
