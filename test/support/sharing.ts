import type { TestForecourt } from './forecourt.ts'
import type { Owner } from './owners.ts'

type Role = 'viewer' | 'editor'
/** A side of a share or transfer, as the API and the other side know them. */
type Side = Pick<Owner, 'api' | 'email'>

/** An owner whose address is verified, as sharing needs it. */
export async function saveVerifiedOwner(forecourt: TestForecourt): Promise<Owner> {
  const owner = await forecourt.asOwner()
  await forecourt.sql('update user_profiles set email_verified = true where auth0_sub = $1', [
    owner.subject,
  ])
  return owner
}

/** Invites an owner to a vehicle, who has not accepted yet. Returns the id of the share. */
export async function inviteGuest(
  owner: Side,
  guest: Side,
  vehicle: string,
  role: Role,
): Promise<string> {
  const { body } = await owner.api
    .post(`/api/vehicles/${vehicle}/shares`)
    .send({ email: guest.email, role })
    .expect(201)
  return (body as { id: string }).id
}

/** Shares a vehicle with an owner, who accepts. Returns the id of the share. */
export async function shareWith(
  owner: Side,
  guest: Side,
  vehicle: string,
  role: Role,
): Promise<string> {
  const id = await inviteGuest(owner, guest, vehicle, role)
  await guest.api.post(`/api/me/shares/${id}/accept`).expect(200)
  return id
}

/** Offers a vehicle to an owner. Returns the id of the offer, as they find it. */
export async function offerTo(
  owner: Side,
  recipient: Side,
  vehicle: string,
  terms: { withCosts: boolean; withDocuments: boolean },
): Promise<string> {
  await owner.api
    .post(`/api/vehicles/${vehicle}/transfer`)
    .send({ email: recipient.email, ...terms })
    .expect(201)
  const { body } = await recipient.api.get('/api/me/transfers').expect(200)
  const { received } = body as { received: { id: string; vehicle: { id: string } }[] }
  return String(received.find((offer) => offer.vehicle.id === vehicle)?.id)
}

/** The id of a row in an answer to a write. */
export const readId = (answer: { body: unknown }): string =>
  (answer.body as { doc: { id: string } }).doc.id
