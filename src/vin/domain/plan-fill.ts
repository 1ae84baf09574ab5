import { compareTyped, readTyped, type TypedFacts } from './compare-typed.ts'
import type { Contradiction, VinDecoding } from './decoding.ts'
import type { VinField } from './facts.ts'

/** A fact that is filled in. */
export type FilledField = {
  field: VinField
  value: string | number
  confidence: 'confirmed' | 'likely'
}

/** What a VIN fills in, what it leaves as entered, and what contradicts it. */
export type FillPlan = {
  filled: FilledField[]
  kept: VinField[]
  unknown: VinField[]
  contradictions: Contradiction[]
}

type FillOptions = {
  /** The facts that the table has a column for. */
  fields: readonly VinField[]
  /** Whether a year that is only guessed from the VIN is filled in: a person sees it then. */
  fillsGuessedYear: boolean
}

/**
 * Decides what the decoded facts fill in: only what is empty. If the make that was entered is not
 * the make of the VIN, one of them is wrong, and nothing is filled in.
 */
export function planFill(
  decoding: VinDecoding,
  typed: TypedFacts,
  { fields, fillsGuessedYear }: FillOptions,
): FillPlan {
  const compared = compareTyped(decoding, typed)
  const contradictions = [...decoding.contradictions, ...compared].filter(({ field }) =>
    fields.includes(field),
  )
  const kept = fields.filter((field) => readTyped(typed[field]) !== null)
  const empty = fields.filter((field) => !kept.includes(field))
  const isOfOtherMake = contradictions.some(({ field }) => field === 'make')
  const filled = isOfOtherMake
    ? []
    : empty.flatMap((field) => {
        const fact = decoding.fields[field]
        const isGuess = field === 'year' && fact?.source === 'vin' && fact.confidence === 'likely'
        if (fact === null || (isGuess && !fillsGuessedYear)) return []
        return [{ field, value: fact.value, confidence: fact.confidence }]
      })
  const unknown = empty.filter((field) => !filled.some((fact) => fact.field === field))
  return { filled, kept, unknown, contradictions }
}
