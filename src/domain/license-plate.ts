/**
 * Normalizes a license plate for storage: compatibility forms folded, upper case, single spaces,
 * trimmed.
 */
export function normalizePlate(raw: string): string {
  return raw.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase()
}

/**
 * Explains why a text is not a license plate; null if it is. Letters and digits of any country are
 * allowed, with spaces, dashes and dots between them.
 */
export function findPlateProblem(plate: string): string | null {
  if (/^[\p{L}\p{N}]([\p{L}\p{N} .·-]{0,18}[\p{L}\p{N}])?$/u.test(plate)) return null
  return 'must be 1 to 20 letters and digits, with spaces, dashes or dots between them'
}
