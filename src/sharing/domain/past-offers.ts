/** How the offer of a vehicle ended; `removed` by an admin. */
export const OFFER_OUTCOMES = ['accepted', 'declined', 'withdrawn', 'removed', 'expired'] as const

export type OfferOutcome = (typeof OFFER_OUTCOMES)[number]

/** The actions of the audit log about offers. */
export const OFFER_ACTIONS = [
  'transfer_offer',
  'transfer_accept',
  'transfer_end',
  'transfer_remove',
] as const

/**
 * An audit entry about the offer of a vehicle. `actor` is a subject, or names a staff member;
 * `email` is the address of an actor who still has an account. An offer has its terms.
 */
export type OfferEvent = {
  action: (typeof OFFER_ACTIONS)[number]
  actor: string | null
  email: string | null
  at: string
  withCosts: boolean | null
  withDocuments: boolean | null
}

/** An offer that is over. The address that it was made to is known if it was answered. */
export type PastOffer = {
  outcome: OfferOutcome
  from: string | null
  to: string | null
  offeredAt: string
  /** Null for an offer that expired. */
  endedAt: string | null
  withCosts: boolean
  withDocuments: boolean
}

/**
 * The offers of a vehicle that are over, the latest first, from the audit entries about it, the
 * earliest first. The last one is left out while it is open.
 */
export function listPastOffers(events: readonly OfferEvent[], hasOpenOffer: boolean): PastOffer[] {
  const offers = events.flatMap((event, index) =>
    event.action === 'transfer_offer' ? [buildOffer(event, events[index + 1])] : [],
  )
  const isLastOpen = hasOpenOffer && events.at(-1)?.action === 'transfer_offer'
  return (isLastOpen ? offers.slice(0, -1) : offers).toReversed()
}

function buildOffer(offer: OfferEvent, next: OfferEvent | undefined): PastOffer {
  const end = next?.action === 'transfer_offer' ? undefined : next
  const outcome = findOutcome(offer, end)
  return {
    outcome,
    from: offer.email,
    to: outcome === 'accepted' || outcome === 'declined' ? (end?.email ?? null) : null,
    offeredAt: offer.at,
    endedAt: end?.at ?? null,
    withCosts: offer.withCosts ?? false,
    withDocuments: offer.withDocuments ?? false,
  }
}

/** An offer that nothing ended has expired: the database keeps no entry of that. */
function findOutcome(offer: OfferEvent, end: OfferEvent | undefined): OfferOutcome {
  if (end === undefined) return 'expired'
  if (end.action === 'transfer_accept') return 'accepted'
  if (end.action === 'transfer_remove') return 'removed'
  return end.actor === offer.actor ? 'withdrawn' : 'declined'
}
