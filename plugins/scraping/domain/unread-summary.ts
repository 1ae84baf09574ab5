import { FIELD_NAMES, getNoun, LISTING_FIELDS } from './listing-fields.ts'

/** The number of listings with an unreadable field, by field; unknown fields are ignored. */
type CountByField = Readonly<Partial<Record<string, number>>>

const listUnreadFields = (unread: CountByField) =>
  FIELD_NAMES.flatMap((field) => {
    const count = unread[field] ?? 0
    return count > 0 ? [{ count, field, nouns: LISTING_FIELDS[field].nouns }] : []
  })

/**
 * Describes the unreadable fields, one sentence each: `3 of 27 cars have a price that could not be
 * read.`
 */
export function describeUnreadFields(unread: CountByField, cars: number): string[] {
  return listUnreadFields(unread).map(
    ({ count, nouns: [one] }) =>
      `${count} of ${cars} cars ${count === 1 ? 'has' : 'have'} ${one} that could not be read.`,
  )
}

/**
 * Summarizes the unreadable fields: `3 prices and 1 mileage could not be read`; null if there are
 * none.
 */
export function formatUnreadSummary(unread: CountByField): string | null {
  const parts = listUnreadFields(unread).map(({ count, field, nouns: [, many] }) =>
    count === 1 ? `1 ${getNoun(field)}` : `${count.toLocaleString('en-US')} ${many}`,
  )
  if (parts.length === 0) return null
  const last = parts.pop()
  return `${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last} could not be read`
}
