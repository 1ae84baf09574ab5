'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import '../ui/cells.css'
import '../ui/jobs.css'
import { OpenOffer } from './open-offer.tsx'
import { PastOffers } from './past-offers.tsx'
import { ShareList } from './share-list.tsx'
import { useSharing } from './use-sharing.ts'
import './vehicle-sharing.css'

/** Who has access to a saved vehicle, to whom it is offered, and its past offers. */
export function VehicleSharing() {
  const { id } = useDocumentInfo()
  if (id === undefined) return <p>Save the vehicle first.</p>
  return <SharingOf id={String(id)} />
}

function SharingOf({ id }: { id: string }) {
  const { sharing, problems, message, isBusy, end } = useSharing(id)
  return (
    <div aria-busy={isBusy} className="vehicle-sharing">
      <p className="vehicle-sharing__note">
        Sharing and transfer are agreements between two owners: one invites, the other accepts. An
        admin can only end them. Then the owner gets an e-mail, as does a guest who loses access,
        and the audit log has an entry.
      </p>
      {problems.map((problem) => (
        <p className="jobs__problem" key={problem} role="alert">
          {problem}
        </p>
      ))}
      <p aria-live="polite" className="vehicle-sharing__message">
        {message}
      </p>
      {sharing && (
        <>
          <ShareList
            isBusy={isBusy}
            onEnd={(share) => end(`/shares/${share}`)}
            shares={sharing.shares}
          />
          <OpenOffer isBusy={isBusy} offer={sharing.offer} onEnd={() => end('/transfer')} />
          <PastOffers offers={sharing.pastOffers} />
        </>
      )}
    </div>
  )
}
