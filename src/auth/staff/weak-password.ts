import { LRUCache } from 'lru-cache'
import type { PasswordEstimator } from './password-estimator.ts'

/** The highest of the estimator's scores, 0 to 4: it takes 10^10 guesses or more. */
const STRONG = 4

/** Keeps the estimator for a minute, because building it takes as long as several passwords. */
const estimators = new LRUCache<'english', PasswordEstimator>({
  max: 1,
  ttl: 60_000,
  ttlAutopurge: true,
  fetchMethod: loadEstimator,
})

/**
 * Whether an attacker who knows words about the account, such as its name and e-mail address, would
 * soon guess a password. The estimator knows common passwords, names, English words, keyboard
 * patterns, dates, sequences and repetitions, also in spellings such as `p@ssw0rd`. It is loaded
 * with the first password.
 */
export async function isWeakPassword(
  password: string,
  aboutAccount: readonly string[],
): Promise<boolean> {
  const words = aboutAccount.flatMap((text) => text.match(/[\p{L}\p{N}]{2,}/gu) ?? [])
  const estimator = await estimators.forceFetch('english')
  return estimator.check(password, words).score < STRONG
}

async function loadEstimator(): Promise<PasswordEstimator> {
  const { createPasswordEstimator } = await import('./password-estimator.ts')
  return createPasswordEstimator()
}
