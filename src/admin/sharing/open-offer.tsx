'use client'
import { formatCalendarDay } from '../ui/format-figures.ts'
import { describeContents } from './describe-contents.ts'
import { EndButton } from './end-button.tsx'
import type { Sharing } from './use-sharing.ts'

type Props = {
  offer: Sharing['offer']
  isBusy: boolean
  onEnd: () => void
}

/** The open offer of a vehicle to another owner, and what goes with it. */
export function OpenOffer({ offer, isBusy, onEnd }: Props) {
  return (
    <section aria-labelledby="sharing-offer">
      <h3 id="sharing-offer">Open transfer offer</h3>
      {offer === null ? (
        <p>The vehicle is offered to nobody.</p>
      ) : (
        <ul className="vehicle-sharing__list">
          <li>
            <div className="vehicle-sharing__about">
              <strong>{offer.email}</strong>
              <span className="status-pill sharing-pill--pending">Open</span>
              <span>{describeContents(offer)}</span>
              <span className="vehicle-sharing__note">
                {`Offered by ${offer.offeredBy} on ${formatDay(offer.createdAt)}, ` +
                  `expires on ${formatDay(offer.expiresAt)}.`}
              </span>
            </div>
            <EndButton
              confirm="Yes, withdraw"
              isBusy={isBusy}
              label="Withdraw offer"
              onEnd={onEnd}
              question={`Withdraw the offer to ${offer.email}?`}
            />
          </li>
        </ul>
      )}
    </section>
  )
}

const formatDay = (instant: string) => formatCalendarDay(instant.slice(0, 10))
