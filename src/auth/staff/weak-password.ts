import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { LRUCache } from 'lru-cache'

/** The highest of the estimator's scores, 0 to 4: it takes 10^10 guesses or more. */
const STRONG = 4

/** Limits for the time that one password takes: a tenth of a second. */
const LIMITS = { maxLength: 64, l33tMaxSubstitutions: 10 }

/** Keeps the estimator for a minute, because building it takes as long as several passwords. */
const estimators = new LRUCache<'english', ZxcvbnFactory>({
  max: 1,
  ttl: 60_000,
  ttlAutopurge: true,
  fetchMethod: loadEstimator,
})

/**
 * Whether an attacker who knows words about the account, such as its name and e-mail address, would
 * soon guess a password. The estimator knows common passwords, names, English words, keyboard
 * patterns, dates, sequences and repetitions, also in spellings such as `p@ssw0rd`. Its
 * dictionaries take 80 MB and a third of a second to load, so they are loaded with the first
 * password.
 */
export async function isWeakPassword(
  password: string,
  aboutAccount: readonly string[],
): Promise<boolean> {
  const words = aboutAccount.flatMap((text) => text.match(/[\p{L}\p{N}]{2,}/gu) ?? [])
  const estimator = await estimators.forceFetch('english')
  return estimator.check(password, words).score < STRONG
}

async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new core.ZxcvbnFactory({
    ...LIMITS,
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
}
