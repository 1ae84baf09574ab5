import { isBrandedTitle } from '../../domain/branded-title.ts'

/** The facts of a car that can be its highlight. `entered` is the text of its field, if any. */
export type HighlightFacts = {
  entered: string | null
  owners: number | null
  titleStatus: string | null
  accidents: number | null
  serviceRecords: boolean | null
}

/** The maximum length of a highlight, in characters. */
export const MAX_HIGHLIGHT = 80

/**
 * The text on the banner of a car: the one that was entered, or else what its history says for it,
 * such as `One owner · Clean title · No accidents reported`. Empty if there is nothing to say.
 */
export function buildHighlight(facts: HighlightFacts): string {
  const entered = facts.entered?.trim() ?? ''
  if (entered !== '') return entered
  const known = [
    facts.owners === 1 && 'One owner',
    isCleanTitle(facts.titleStatus) && 'Clean title',
    facts.accidents === 0 && 'No accidents reported',
    facts.serviceRecords === true && 'Service records',
  ]
  return known
    .filter((text) => text !== false)
    .slice(0, 3)
    .join(' · ')
}

const isCleanTitle = (title: string | null): boolean =>
  /^\s*clean\b/i.test(title ?? '') && !isBrandedTitle(title)
