import { anyOf } from './pattern-choice.ts'

/**
 * The verbs that start a refusal, as in "is required" or "must be 1 or more"; any other text
 * follows the label after a colon.
 */
const VERBS = anyOf([
  'is|are|was|has|have|does|do|will|must|may|can|cannot',
  'holds|takes|needs|stays|refers|names|starts|ends|uses|belongs|contains',
])
const PREDICATE = new RegExp(String.raw`^${VERBS}\b`)

/**
 * Combines the label of a field on the screen with a refusal: `Make` and `is required` become `Make
 * is required`. A message that already begins with the label is unchanged, so applying the function
 * twice is harmless. `This field`, which begins Payload's own messages, is replaced with the label.
 */
export function buildErrorSentence(label: string, message: string): string {
  const rest = findRest(message, label) ?? findRest(message, 'This field')
  if (rest !== null) return label + rest
  return PREDICATE.test(message) ? `${label} ${message}` : `${label}: ${message}`
}

/**
 * The rest of a text that begins with `start`, ignoring case; null if it begins with something
 * else, or with a longer word.
 */
function findRest(text: string, start: string): string | null {
  if (text.slice(0, start.length).toLowerCase() !== start.toLowerCase()) return null
  const rest = text.slice(start.length)
  return /^[\p{L}\p{N}_]/u.test(rest) ? null : rest
}

/** Joins sentences into one text; each ends in a period, a question mark or an exclamation mark. */
export function joinSentences(sentences: readonly string[]): string {
  if (sentences.length < 2) return sentences.join('')
  return sentences
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ')
}

/** Removes the period at the end of a sentence, so that the sentence can be continued. */
export const removePeriod = (sentence: string): string => sentence.replace(/(?<![.\s])[.\s]+$/, '')
