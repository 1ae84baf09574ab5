import { formatDecimal } from '../../../src/domain/money.ts'
import { getDayInZone } from '../../../src/garage/domain/days.ts'
import type { FeedCar } from './feed-car.ts'
import type { FeedContext, FeedDealership } from './feed.ts'

/** Formats cents with their currency: `10499.00 USD`. */
export const formatPrice = (cents: number, { currency }: Pick<FeedContext, 'currency'>): string =>
  `${formatDecimal(cents)} ${currency}`

/** The first words of a title, in one line: year, make, model and trim. */
export const buildTitle = (car: Pick<FeedCar, 'year' | 'make' | 'model' | 'trim'>): string =>
  [String(car.year), car.make, car.model, car.trim].filter(Boolean).join(' ')

/** The day of an instant at the dealership: YYYY-MM-DD. */
export const formatDay = (
  instant: Date | null,
  { timeZone }: Pick<FeedContext, 'timeZone'>,
): string | null => (instant === null ? null : getDayInZone(instant, timeZone))

/** The description with the highlight as its first line. */
export const buildDescription = ({
  highlight,
  description,
}: Pick<FeedCar, 'highlight' | 'description'>): string | null =>
  [highlight, description].filter(Boolean).join('\n\n') || null

/**
 * The same for a file without a column for titles: a title that was entered for this feed comes
 * first.
 */
export const buildTitledDescription = (
  car: Pick<FeedCar, 'enteredTitle' | 'highlight' | 'description'>,
): string | null => [car.enteredTitle, buildDescription(car)].filter(Boolean).join('\n\n') || null

/** Whether a car counts as new, used or certified, by its condition. */
export function findCarState({
  condition,
}: Pick<FeedCar, 'condition'>): 'new' | 'used' | 'certified' {
  if (/\b(?:certified|cpo)\b/i.test(condition ?? '')) return 'certified'
  return /^(?:brand[ -])?new\b/i.test(condition ?? '') ? 'new' : 'used'
}

/** The number of cylinders that the engine mentions: `3.5L V6` has 6; null if it mentions none. */
export function findCylinders(engine: string | null): number | null {
  const found = /\b(?:[VWIHL]-?|flat[ -]?)(\d{1,2})\b|\b(\d{1,2})[ -]?cyl/i.exec(engine ?? '')
  const count = Number(found?.[1] ?? found?.[2])
  return count >= 1 && count <= 16 ? count : null
}

/** The address of the dealership on one line: `1 Main St, Los Angeles, CA 90001`. */
export function buildAddress({ street, city, state, postalCode }: FeedDealership): string | null {
  const region = [state, postalCode].filter(Boolean).join(' ')
  return [street, city, region].filter(Boolean).join(', ') || null
}
