import { hasIdentity } from './identity.ts'
import { getNoun } from './listing-fields.ts'
import type { DroppedListing, Listing } from './pages.ts'
import { listIdentities } from './dropped-listings.ts'
import { countUnread } from './unread-fields.ts'
import { describeUnreadFields } from './unread-summary.ts'

/** The results of a test scrape that warnings are based on. */
export type TestScrapeSummary = {
  listings: readonly Listing[]
  dropped: readonly DroppedListing[]
  announced: number | null
  hasMorePages: boolean
}

/** The fields that every car should have. */
const CHECKED_FIELDS = ['vin', 'stockNumber', 'url', 'priceCents', 'mileage', 'make'] as const

/**
 * Lists what a manager should check before a competitor is watched, one sentence each; empty if
 * there are no warnings.
 */
export function listTestScrapeWarnings({
  listings,
  dropped,
  announced,
  hasMorePages,
}: TestScrapeSummary): string[] {
  const missing = CHECKED_FIELDS.flatMap((field) => {
    const without = listings.filter((one) => one[field] === null).length
    if (without === 0) return []
    const verb = without === 1 ? 'has' : 'have'
    return [`${without} of ${listings.length} cars ${verb} no ${getNoun(field)}.`]
  })
  const nameless = listings.filter((listing) => !hasIdentity(listing)).length
  const unknown = dropped.filter((one) => listIdentities(one).length === 0).length
  return [
    ...(listings.length === 0 ? ['No cars were found.'] : missing),
    ...(nameless > 0
      ? [
          `Cars without a VIN, stock number, address or ID: ${nameless}. Each run counts them ` +
            'as new.',
        ]
      : []),
    ...describeUnreadFields(countUnread(listings), listings.length),
    ...dropped
      .slice(0, 5)
      .map(({ what, why }) => `${what.slice(0, 100)} could not be read: ${why}`),
    ...(dropped.length > 5 ? [`${dropped.length - 5} more could not be read.`] : []),
    ...(unknown > 0
      ? [
          `${unknown} of them cannot be matched to a car: no cars are marked as sold until ` +
            'they can be read, unless the reported total is reached.',
        ]
      : []),
    ...(hasMorePages
      ? [
          'Only the first pages were ' +
            `read${announced === null ? '' : `; the site reports ${announced} cars`}.`,
        ]
      : []),
  ]
}
