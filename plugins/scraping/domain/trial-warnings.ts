import { isNamed } from './identity.ts'
import type { Dropped, Listing } from './pages.ts'
import { namesOf } from './refused.ts'
import { countUnread } from './unread.ts'
import { unreadSentences } from './unread-words.ts'

/** What a trial run read; `pages` of those that there are, as far as is known. */
export type Trial = { listings: readonly Listing[]; dropped: readonly Dropped[]; announced: number | null; readOn: boolean }

const TOLD = {
  vin: 'VIN',
  stockNumber: 'stock number',
  url: 'address',
  priceCents: 'price',
  mileage: 'mileage',
  make: 'make',
} as const

/** What a manager should look at before a competitor is watched, a sentence each; empty when all is well. */
export function trialWarnings({ listings, dropped, announced, readOn }: Trial): string[] {
  const missing = Object.entries(TOLD).flatMap(([name, word]) => {
    const without = listings.filter((one) => one[name as keyof typeof TOLD] === null).length
    return without > 0 ? [`${without} of ${listings.length} cars have no ${word}.`] : []
  })
  const nameless = listings.filter((listing) => !isNamed(listing)).length
  const unknown = dropped.filter((one) => namesOf(one).length === 0).length
  return [
    ...(listings.length === 0 ? ['No car was found.'] : missing),
    ...(nameless > 0 ? [`${nameless} cars have no VIN, stock number, address or id: they count as new each time.`] : []),
    ...unreadSentences(countUnread(listings), listings.length),
    ...dropped.slice(0, 5).map(({ what, why }) => `${what.slice(0, 100)} could not be read: ${why}`),
    ...(dropped.length > 5 ? [`${dropped.length - 5} more could not be read.`] : []),
    ...(unknown > 0
      ? [
          `${unknown} of them name no car: no car is marked as sold until they can be read, unless the announced total is reached.`,
        ]
      : []),
    ...(readOn
      ? [`Only the first pages were read${announced === null ? '' : `; the site says that it has ${announced} cars`}.`]
      : []),
  ]
}
