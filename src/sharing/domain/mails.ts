import type { ShareRole } from '../../domain/shared-vehicle.ts'

/** A mail about a vehicle: its subject, its text, and its kind for the outbox. */
export type SharingMail = {
  subject: string
  text: string
  about: string
}

/** What an offer of a transfer includes besides the vehicle and its history. */
export type TransferTerms = { withCosts: boolean; withDocuments: boolean }

const formatDay = (at: Date): string =>
  at.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })

const RIGHTS: Record<ShareRole, string> = {
  viewer: 'see the vehicle, its logs, schedules and documents',
  editor: 'see and change the vehicle, its logs, schedules and documents',
}

type Offer = {
  vehicle: string
  from: string
  expiresAt: Date
}

/** Invites an owner, or somebody who is not one yet, to a vehicle. */
export const buildInvitation = ({
  vehicle,
  from,
  role,
  expiresAt,
}: Offer & { role: ShareRole }): SharingMail => ({
  subject: `${from} wants to share a vehicle with you`,
  text:
    `${from} wants to share ${vehicle} with you. You could ${RIGHTS[role]}.\n\n` +
    `Sign in to your garage with this e-mail address to accept or decline. The invitation ` +
    `expires on ${formatDay(expiresAt)}.\n\n` +
    'If you do not know the sender, ignore this e-mail.\n',
  about: 'share_invited',
})

/** Tells the owner of a vehicle that an invitation was accepted. */
export const buildShareAccepted = (vehicle: string, guest: string): SharingMail => ({
  subject: `${guest} accepted your invitation`,
  text:
    `${guest} now has access to ${vehicle}. You can end this at any time in your garage, under ` +
    'the shares of the vehicle.\n',
  about: 'share_accepted',
})

/** Tells the other side that a share ended. */
export const buildShareEnded = (vehicle: string, by: string): SharingMail => ({
  subject: 'A vehicle is no longer shared',
  text: `${by} ended the share of ${vehicle}.\n`,
  about: 'share_ended',
})

/** Offers a vehicle to an owner, or to somebody who is not one yet. */
export const buildTransferOffer = ({
  vehicle,
  from,
  expiresAt,
  ...terms
}: Offer & TransferTerms): SharingMail => ({
  subject: `${from} offers you a vehicle`,
  text:
    `${from} wants to transfer ${vehicle} to your garage, with its history of fuel and ` +
    `maintenance. ${describeTerms(terms)}\n\n` +
    'Sign in to your garage with this e-mail address to accept or decline. The offer expires ' +
    `on ${formatDay(expiresAt)}.\n\nIf you do not know the sender, ignore this e-mail.\n`,
  about: 'transfer_offered',
})

/** What an offer includes, in one sentence. */
export function describeTerms({ withCosts, withDocuments }: TransferTerms): string {
  const costs = `Its costs are ${withCosts ? '' : 'not '}included`
  return `${costs}; its documents are ${withDocuments ? '' : 'not '}included.`
}

/** Tells one side of a transfer that it is done. */
export const buildTransferDone = (
  vehicle: string,
  { from, to }: { from: string; to: string },
): SharingMail => ({
  subject: 'A vehicle was transferred',
  text: `${vehicle} was transferred from ${from} to ${to}.\n`,
  about: 'transfer_done',
})

/** Tells the owner of a vehicle that its offer was declined. */
export const buildTransferDeclined = (vehicle: string, by: string): SharingMail => ({
  subject: 'The transfer of a vehicle was declined',
  text: `${by} declined the offer of ${vehicle}. It stays in your garage.\n`,
  about: 'transfer_declined',
})

/** Tells both sides of a share or an offer that an admin ended it. */
export const buildRemoved = (kind: 'share' | 'offer', vehicle: string): SharingMail => ({
  subject: kind === 'share' ? 'A vehicle is no longer shared' : 'The offer of a vehicle ended',
  text: `An administrator ended the ${kind} of ${vehicle}.\n`,
  about: kind === 'share' ? 'share_ended' : 'transfer_ended',
})
