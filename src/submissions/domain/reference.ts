/** No vowels, so no words appear, and nothing that looks like something else (0 O, 1 I, 2 Z). */
const CHARACTERS = '2345679CDFGHJKMNPQRTVWXY'

/** How many values `formatReference` takes, each from 0 to `REFERENCE_BASE` - 1. */
export const REFERENCE_LENGTH = 8
export const REFERENCE_BASE = CHARACTERS.length

/**
 * The reference of a submission, such as `FC-7K3M-9QXT`, from random values. A customer can read it
 * out on the phone; 110 billion of them are too many to guess, and none opens anything without the
 * signed link.
 */
export function formatReference(values: readonly number[]): string {
  const characters = values.map((value) => CHARACTERS.charAt(value)).join('')
  return `FC-${characters.slice(0, 4)}-${characters.slice(4)}`
}
