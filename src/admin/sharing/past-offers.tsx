'use client'
import { formatCalendarDay } from '../ui/format-figures.ts'
import { describeContents } from './describe-contents.ts'
import type { Sharing } from './use-sharing.ts'

type Offer = Sharing['pastOffers'][number]

const OUTCOMES: Readonly<Record<Offer['outcome'], string>> = {
  accepted: 'Accepted',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  removed: 'Withdrawn by an admin',
  expired: 'Expired',
}

/** The offers of a vehicle that are over, the latest first. */
export function PastOffers({ offers }: { offers: readonly Offer[] }) {
  return (
    <section aria-labelledby="sharing-past">
      <h3 id="sharing-past">Past offers</h3>
      {offers.length === 0 && <p>None so far.</p>}
      {offers.length > 0 && (
        <ul className="vehicle-sharing__list">
          {offers.map((offer) => (
            <li key={offer.offeredAt}>
              <div className="vehicle-sharing__about">
                <strong>{formatDay(offer.offeredAt)}</strong>
                <span className={`status-pill sharing-pill--${offer.outcome}`}>
                  {OUTCOMES[offer.outcome]}
                </span>
                <span>{describeContents(offer)}</span>
                <span className="vehicle-sharing__note">{describeSides(offer)}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const formatDay = (instant: string) => formatCalendarDay(instant.slice(0, 10))

/** Who offered it, who answered, and when it ended. */
function describeSides({ from, to, endedAt }: Offer): string {
  const sides = `Offered by ${from ?? 'a deleted account'}`
  const answer = to === null ? '' : `, answered by ${to}`
  return `${sides}${answer}${endedAt === null ? '' : `, ended on ${formatDay(endedAt)}`}.`
}
