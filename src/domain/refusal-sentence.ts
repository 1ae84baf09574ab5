import { anyOf } from './any-of.ts'

/**
 * The verbs that a refusal begins with, as in "is required" or "must be 1 or more"; anything else
 * follows the label after a colon.
 */
const VERBS = anyOf([
  'is|are|was|has|have|does|do|will|must|may|can|cannot',
  'holds|takes|needs|stays|refers|names|starts|ends|uses|belongs|contains',
])
const PREDICATE = new RegExp(String.raw`^${VERBS}\b`)

/**
 * A refusal as a sentence about its field, named as people see it on the screen: `Make` and `is
 * required` become `Make is required`. A message that already begins with the label keeps its
 * words, so that naming it twice changes nothing; `This field`, which Payload's own checks begin
 * with, becomes the label.
 */
export function buildRefusalSentence(label: string, message: string): string {
  const rest = findRest(message, label) ?? findRest(message, 'This field')
  if (rest !== null) return label + rest
  return PREDICATE.test(message) ? `${label} ${message}` : `${label}: ${message}`
}

/**
 * What follows `start` in a text that begins with it, in any case; null when it begins with
 * something else, or with a longer word.
 */
function findRest(text: string, start: string): string | null {
  if (text.slice(0, start.length).toLowerCase() !== start.toLowerCase()) return null
  const rest = text.slice(start.length)
  return /^[\p{L}\p{N}_]/u.test(rest) ? null : rest
}

/** Several sentences as one text: each ends in a period, a question mark or an exclamation mark. */
export function joinSentences(sentences: readonly string[]): string {
  if (sentences.length < 2) return sentences.join('')
  return sentences
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ')
}

/** A sentence without its full stop, to go on with. */
export const removePeriod = (sentence: string): string => sentence.replace(/[.\s]+$/, '')
