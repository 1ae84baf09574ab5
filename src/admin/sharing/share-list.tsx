'use client'
import { formatCalendarDay } from '../ui/format-figures.ts'
import { EndButton } from './end-button.tsx'
import type { Sharing } from './use-sharing.ts'

type Share = Sharing['shares'][number]
type Props = {
  shares: readonly Share[]
  isBusy: boolean
  onEnd: (share: string) => void
}

const ROLES: Readonly<Record<Share['role'], string>> = {
  viewer: 'Viewer: sees everything about the vehicle',
  editor: 'Editor: also adds and changes entries',
}

/** Who has access to a vehicle beside its owner, and who is invited. */
export function ShareList({ shares, isBusy, onEnd }: Props) {
  return (
    <section aria-labelledby="sharing-access">
      <h3 id="sharing-access">Who has access</h3>
      {shares.length === 0 && <p>Only the owner. The vehicle is not shared.</p>}
      {shares.length > 0 && (
        <ul className="vehicle-sharing__list">
          {shares.map((share) => (
            <ShareItem isBusy={isBusy} key={share.id} onEnd={() => onEnd(share.id)} share={share} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ShareItem({ share, isBusy, onEnd }: { share: Share; isBusy: boolean; onEnd: () => void }) {
  const { email, role, sharedBy, status } = share
  return (
    <li>
      <div className="vehicle-sharing__about">
        <strong>{email}</strong>
        <span className={`status-pill sharing-pill--${status}`}>
          {status === 'accepted' ? 'Has access' : 'Invited'}
        </span>
        <span>{ROLES[role]}</span>
        <span className="vehicle-sharing__note">
          {describeSince(share)} Shared by {sharedBy}.
        </span>
      </div>
      <EndButton
        confirm={status === 'accepted' ? 'Yes, end access' : 'Yes, withdraw'}
        isBusy={isBusy}
        label={status === 'accepted' ? 'End access' : 'Withdraw'}
        onEnd={onEnd}
        question={
          status === 'accepted'
            ? `End the access of ${email}?`
            : `Withdraw the invitation of ${email}?`
        }
      />
    </li>
  )
}

const formatDay = (instant: string) => formatCalendarDay(instant.slice(0, 10))

function describeSince({ acceptedAt, createdAt, expiresAt }: Share): string {
  if (acceptedAt !== null) return `Since ${formatDay(acceptedAt)}.`
  const invited = `Invited on ${formatDay(createdAt)}`
  return expiresAt === null ? `${invited}.` : `${invited}, expires on ${formatDay(expiresAt)}.`
}
