/**
 * A licence plate as it is kept: compatibility forms folded, upper case, single spaces, nothing
 * around it.
 */
export function normalizePlate(raw: string): string {
  return raw.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase()
}

/**
 * Why a text is no licence plate; null when it is one. Any country's letters and digits, with
 * spaces, dashes and dots between.
 */
export function findPlateProblem(plate: string): string | null {
  if (/^[\p{L}\p{N}]([\p{L}\p{N} .·-]{0,18}[\p{L}\p{N}])?$/u.test(plate)) return null
  return 'must be 1 to 20 letters and digits, with spaces, dashes or dots between them'
}
