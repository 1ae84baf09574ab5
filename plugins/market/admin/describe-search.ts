import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { isRecord } from '../../../src/admin/ui/record.ts'
import { formatCount } from '../../../src/domain/format-count.ts'

/** What an analysis searched for and found, in words. */
export type SearchDescription = {
  /** `Honda Accord, 2021, 10,000 to 50,000 mi, within 120 mi of 64055`; null if not stored. */
  criteria: string | null
  /** Why the search was widened; null if it was not. */
  wider: string | null
  /** What was excluded, largest count first: `3 from our own lot`. */
  leftOut: string[]
  /** Other notes, one sentence each. */
  notes: string[]
  /** In miles; null for a search without a radius. */
  radius: number | null
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  other_car: 'of a different model or year',
  own: 'from our own lot',
  no_price: 'without a price',
  miles: 'with a different mileage, or none',
  condition: 'of a different condition (new or used)',
  trim: 'of a different or unknown trim',
  powertrain: 'with a different or unknown drivetrain or engine',
  title: 'with a different title type (branded or clean)',
  old: 'not seen recently',
  duplicate: 'listed twice',
}

const WIDER: Readonly<Record<string, string>> = {
  same_trim: 'Too few cars had the same drivetrain and engine, so the search included others.',
  same_trim_more_miles:
    'Too few cars of the trim had a similar mileage, so the search included others.',
  same_trim_adjacent_years:
    'Too few cars of the trim and model year were found, so the search included adjacent years.',
  all_trims: 'Cars of all trims were compared.',
  all_trims_more_miles: 'Cars of all trims and with other mileages were compared.',
  all_trims_adjacent_years:
    'Cars of all trims, with other mileages and of the adjacent years were compared.',
}

const NOT_ALL = 'The source has more cars than were analyzed.'

/** Reads the search stored with an analysis; old rows may lack any part of it. */
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
      ? 'any mileage'
      : `${formatInteger(fromMiles)} to ${formatInteger(toMiles)} mi`
  const radius = read('radiusMiles')
  const around =
    typeof zip === 'string' && radius !== null
      ? `, within ${formatInteger(radius)} mi of ${zip}`
      : ''
  return `${make} ${model}, ${years}, ${miles}${around}`
}
