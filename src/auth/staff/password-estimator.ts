import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** Limits for the time that one password takes: a tenth of a second. */
const LIMITS = { maxLength: 64, l33tMaxSubstitutions: 10 }

export type PasswordEstimator = ZxcvbnFactory

/**
 * Creates an estimator of how many guesses a password takes. Import this file only when a password
 * is set: its dictionaries take 80 MB and a third of a second to load.
 */
export function createPasswordEstimator(): PasswordEstimator {
  return new ZxcvbnFactory({
    ...LIMITS,
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
  })
}
