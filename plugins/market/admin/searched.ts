import { whole } from '../../../src/admin/lot/figures.ts'
import { isRecord } from '../../../src/admin/json/record.ts'
import { counted } from '../../../src/admin/jobs/words.ts'

/** What an analysis looked for and what became of it, in words. */
export type SearchWords = {
  /** `Honda Accord of 2021, 10,000 to 50,000 mi, within 120 mi of 64055`; null where it was not kept. */
  lookedFor: string | null
  /** Why it looked further than usual; null where it did not. */
  wider: string | null
  /** What was left out, most first: `3 of our own`. */
  leftOut: string[]
  /** What else to know, a sentence each. */
  notes: string[]
  /** In miles; null where it looked everywhere. */
  radius: number | null
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  other_car: 'of another model or year',
  own: 'of our own',
  no_price: 'without a price',
  miles: 'with other miles, or without any',
  title: 'with a title of the other kind, branded or clean',
  old: 'not seen lately',
  duplicate: 'advertised twice',
}

const WIDER: Readonly<Record<string, string>> = {
  more_miles: 'Too few had about its miles, so others were looked at, too.',
  more_miles_and_years:
    'Too few were of its year with about its miles, so others, and those of the years beside it, were looked at, too.',
}

const NOT_ALL = 'The source has more of them than were looked at.'

/** Reads what was kept beside an analysis; rows of long ago may lack any of it. */
export function searchWords(searched: unknown): SearchWords {
  const row = isRecord(searched) ? searched : {}
  const leftOut = isRecord(row['leftOut']) ? row['leftOut'] : {}
  const told = (Array.isArray(row['notes']) ? row['notes'] : []).map(String)
  return {
    lookedFor: lookedForOf(row),
    wider: WIDER[String(row['tier'])] ?? null,
    leftOut: Object.entries(leftOut)
      .flatMap(([reason, count]) => (typeof count === 'number' && count > 0 ? [{ reason, count }] : []))
      .toSorted((one, other) => other.count - one.count)
      .map(({ reason, count }) => `${whole(count)} ${LEFT_OUT[reason] ?? reason}`),
    notes: row['complete'] === false && told.length === 0 ? [NOT_ALL] : told,
    radius: numberIn(row, 'radiusMiles'),
  }
}

/** `1 car`, `2,000 cars`. */
export const carsWords = (count: number): string => counted(count, 'car')

const numberIn = (row: Record<string, unknown>, name: string): number | null => (typeof row[name] === 'number' ? row[name] : null)

function lookedForOf(row: Record<string, unknown>): string | null {
  const { make, model, zip } = row
  if (typeof make !== 'string' || typeof model !== 'string') return null
  const of = (name: string) => numberIn(row, name)
  const [fromYear, toYear, fromMiles, toMiles] = [of('fromYear'), of('toYear'), of('fromMiles'), of('toMiles')]
  const years = fromYear === toYear ? `${fromYear ?? 'any year'}` : `${fromYear} to ${toYear}`
  const miles = fromMiles === null || toMiles === null ? 'any miles' : `${whole(fromMiles)} to ${whole(toMiles)} mi`
  const radius = of('radiusMiles')
  const around = typeof zip === 'string' && radius !== null ? `, within ${whole(radius)} mi of ${zip}` : ''
  return `${make} ${model} of ${years}, ${miles}${around}`
}
