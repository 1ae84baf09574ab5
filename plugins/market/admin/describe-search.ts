import { formatInteger } from '../../../src/admin/lot/format-figures.ts'
import { isRecord } from '../../../src/admin/json/record.ts'
import { formatCount } from '../../../src/admin/jobs/format.ts'

/** What an analysis looked for and what became of it, in words. */
export type SearchDescription = {
  /**
   * `Honda Accord of 2021, 10,000 to 50,000 mi, within 120 mi of 64055`; null where it was not
   * kept.
   */
  criteria: string | null
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
    'Too few were of its year with about its miles, so others, and those of the years beside ' +
    'it, were looked at, too.',
}

const NOT_ALL = 'The source has more of them than were looked at.'

/** Reads what was kept beside an analysis; rows of long ago may lack any of it. */
export function describeSearch(searched: unknown): SearchDescription {
  const row = isRecord(searched) ? searched : {}
  const leftOut = isRecord(row['leftOut']) ? row['leftOut'] : {}
  const notes = (Array.isArray(row['notes']) ? row['notes'] : []).map(String)
  return {
    criteria: describeCriteria(row),
    wider: WIDER[String(row['tier'])] ?? null,
    leftOut: Object.entries(leftOut)
      .flatMap(([reason, count]) =>
        typeof count === 'number' && count > 0 ? [{ reason, count }] : [],
      )
      .toSorted((one, other) => other.count - one.count)
      .map(({ reason, count }) => `${formatInteger(count)} ${LEFT_OUT[reason] ?? reason}`),
    notes: row['complete'] === false && notes.length === 0 ? [NOT_ALL] : notes,
    radius: readNumber(row, 'radiusMiles'),
  }
}

/** `1 car`, `2,000 cars`. */
export const formatCarCount = (count: number): string => formatCount(count, 'car')

const readNumber = (row: Record<string, unknown>, name: string): number | null =>
  typeof row[name] === 'number' ? row[name] : null

function describeCriteria(row: Record<string, unknown>): string | null {
  const { make, model, zip } = row
  if (typeof make !== 'string' || typeof model !== 'string') return null
  const read = (name: string) => readNumber(row, name)
  const [fromYear, toYear, fromMiles, toMiles] = [
    read('fromYear'),
    read('toYear'),
    read('fromMiles'),
    read('toMiles'),
  ]
  const years = fromYear === toYear ? `${fromYear ?? 'any year'}` : `${fromYear} to ${toYear}`
  const miles =
    fromMiles === null || toMiles === null
      ? 'any miles'
      : `${formatInteger(fromMiles)} to ${formatInteger(toMiles)} mi`
  const radius = read('radiusMiles')
  const around =
    typeof zip === 'string' && radius !== null
      ? `, within ${formatInteger(radius)} mi of ${zip}`
      : ''
  return `${make} ${model} of ${years}, ${miles}${around}`
}
