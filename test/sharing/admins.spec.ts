import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Api } from '../support/api.ts'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { inviteGuest, offerTo, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const TERMS = { withCosts: true, withDocuments: false }

let forecourt: TestForecourt
let admin: Api
let garageAdmin: Owner
let owner: Owner
let other: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
  garageAdmin = await forecourt.asOwner('garage admin')
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  other = await saveVerifiedOwner(forecourt)
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

const readSharing = async (api = admin) =>
  (await api.get(`/api/vehicles/${vehicle}/sharing`).expect(200)).body as Record<string, unknown>

describe('an admin', () => {
  it('sees who has access to a vehicle, and its open and past offers', async () => {
    const share = await shareWith(owner, other, vehicle, 'editor')
    await owner.api
      .post(`/api/vehicles/${vehicle}/shares`)
      .send({ email: 'ann@x.example', role: 'viewer' })
      .expect(201)
    const withdrawn = await offerTo(owner, other, vehicle, TERMS)
    await owner.api.delete(`/api/me/transfers/${withdrawn}`).expect(200)
    await offerTo(owner, other, vehicle, { withCosts: false, withDocuments: true })
    const sharedBy = owner.email
    const seen = {
      vehicle,
      shares: [
        { id: share, email: other.email, role: 'editor', status: 'accepted', sharedBy },
        { email: 'ann@x.example', role: 'viewer', status: 'pending', acceptedAt: null, sharedBy },
      ],
      offer: { email: other.email, offeredBy: sharedBy, withCosts: false, withDocuments: true },
      pastOffers: [{ outcome: 'withdrawn', from: owner.email, to: null, ...TERMS }],
    }
    expect(await readSharing()).toMatchObject(seen)
    expect(await readSharing(garageAdmin.api)).toMatchObject(seen)
  })

  it('ends a share at once, which both sides hear of and the audit log names', async () => {
    const share = await shareWith(owner, other, vehicle, 'editor')
    await admin.delete(`/api/vehicles/${vehicle}/shares/${share}`).expect(200)
    await other.api.get(`/api/vehicles/${vehicle}`).expect(404)
    expect(await readSharing()).toMatchObject({ shares: [] })
    await admin.delete(`/api/vehicles/${vehicle}/shares/${share}`).expect(404)
    const mails = await forecourt.sql(
      `select recipient from outgoing_mails where about = 'share_ended' and recipient = any($1)`,
      [[owner.email, other.email]],
    )
    expect(mails.rows).toHaveLength(2)
    const { rows } = await forecourt.sql(
      `select actor_admin_id like 'staff:%' as "isStaff", context ->> 'owner' as owner
       from admin_audit_logs where resource_id = $1 and action = 'share_remove'`,
      [vehicle],
    )
    expect(rows).toEqual([{ isStaff: true, owner: owner.subject }])
  })

  it('withdraws an invitation and an offer, which then cannot be accepted', async () => {
    const invitation = await inviteGuest(owner, other, vehicle, 'viewer')
    await garageAdmin.api.delete(`/api/vehicles/${vehicle}/shares/${invitation}`).expect(200)
    await other.api.post(`/api/me/shares/${invitation}/accept`).expect(404)
    const offer = await offerTo(owner, other, vehicle, TERMS)
    await admin.delete(`/api/vehicles/${vehicle}/transfer`).expect(200)
    await other.api.post(`/api/me/transfers/${offer}/accept`).expect(404)
    await admin.delete(`/api/vehicles/${vehicle}/transfer`).expect(404)
    expect(await readSharing()).toMatchObject({
      offer: null,
      pastOffers: [{ outcome: 'removed', from: owner.email }],
    })
  })

  it('ends no share under the address of another vehicle', async () => {
    const share = await shareWith(owner, other, vehicle, 'viewer')
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    await admin.delete(`/api/vehicles/${id}/shares/${share}`).expect(404)
    await other.api.get(`/api/vehicles/${vehicle}`).expect(200)
  })

  it('invites nobody, and offers nothing: that takes its owner', async () => {
    const invitation = { email: other.email, role: 'viewer' }
    const offer = { email: other.email, ...TERMS }
    await admin.post(`/api/vehicles/${vehicle}/shares`).send(invitation).expect(403)
    await admin.post(`/api/vehicles/${vehicle}/transfer`).send(offer).expect(403)
    await garageAdmin.api.post(`/api/vehicles/${vehicle}/shares`).send(invitation).expect(404)
    await garageAdmin.api.post(`/api/vehicles/${vehicle}/transfer`).send(offer).expect(404)
  })
})
