import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { anyVin, saveVehicle } from '../support/builders.ts'
import {
  approveOffer,
  EVERYTHING,
  findSubmission,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { offerTo, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const NOTHING = { maintenance: false, fuel: false, documents: false }

let forecourt: TestForecourt
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  vehicle = await saveTrackedVehicle(forecourt, owner)
})

const send = async (share: object = EVERYTHING): Promise<OfferedVehicle> =>
  (await offerVehicle(owner, vehicle, share).expect(201)).body as OfferedVehicle
const getState = () => owner.api.get(`/api/vehicles/${vehicle}/submit-to-dealer`)
const revoke = () => owner.api.delete(`/api/vehicles/${vehicle}/submit-to-dealer`)
const readMessage = (answer: { body: unknown }) =>
  (answer.body as { errors: { message: string }[] }).errors[0]?.message

async function countRows(table: string, condition: string, value: string): Promise<number> {
  const { rows } = await forecourt.sql(
    `select count(*)::int as count from ${table} where ${condition} = $1`,
    [value],
  )
  return Number(rows[0]?.count)
}

describe('an owner who sends their vehicle to the dealer', () => {
  it('makes a submission of it, with their address, and gets an e-mail with the link', async () => {
    const { body } = await owner.api
      .post(`/api/vehicles/${vehicle}/submit-to-dealer`)
      .send({ askingPrice: 21_500.5, share: EVERYTHING, notes: 'One\nowner', phone: '555 1234' })
      .expect(201)
    const { reference, records, head } = body as OfferedVehicle
    expect(body).toEqual({
      reference: expect.stringMatching(/^FC-/),
      url: expect.stringContaining(reference),
      records: 5,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(records).toBe(5)
    const id = await findSubmission(forecourt, reference)
    const manager = await forecourt.as('manager')
    const submission = await manager.get(`/api/pending-submissions/${id}`).expect(200)
    expect(submission.body).toMatchObject({
      year: 2021,
      make: 'Honda',
      model: 'Accord',
      mileage: 31_300,
      askingPrice: 21_500.5,
      customerEmail: owner.email,
      customerPhone: '555 1234',
      additionalNotes: 'One\nowner',
      submissionStatus: 'pending',
      historyHead: head,
    })
    expect(await countRows('outgoing_mails', 'recipient', owner.email)).toBe(1)
    expect((await getState().expect(200)).body).toEqual({
      reference,
      status: 'pending',
      askingPrice: 21_500.5,
      submittedAt: expect.any(String),
      head,
      canRevoke: true,
    })
  })

  it('is known to the staff as a customer alone, and not as an owner of the garage', async () => {
    const id = await findSubmission(forecourt, (await send()).reference)
    const admin = await forecourt.as('admin')
    const { text } = await admin.get(`/api/pending-submissions/${id}?depth=2`).expect(200)
    for (const hidden of [owner.subject, vehicle, 'ownerId', '"vehicle"'])
      expect(text).not.toContain(hidden)
    await admin.get(`/api/pending-submissions?where[ownerId][exists]=true`).expect(400)
  })

  it('may share nothing of the history', async () => {
    expect(await send(NOTHING)).toMatchObject({ head: null, records: 0 })
    expect((await getState()).body).toMatchObject({ head: null, canRevoke: true })
  })

  it.each([
    [{ vin: null, licensePlate: 'ABC 123' }, 'This vehicle has no VIN. Add what is missing'],
    [{ odometerReading: 0 }, 'This vehicle has no odometer reading. Add'],
    [{ make: null, year: null }, 'This vehicle has no year and make. Add'],
  ])('is told what a vehicle with %j lacks', async (about, words) => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, {
      odometerReading: 9,
      ...about,
    })
    expect(readMessage(await offerVehicle(owner, id).expect(400))).toContain(words)
  })

  it('may have described the transmission and the notes as long as the garage allows', async () => {
    const transmission = '8-speed automatic with manual shift mode, paddles and launch control'
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ transmission }).expect(200)
    const { body } = await owner.api
      .post(`/api/vehicles/${vehicle}/submit-to-dealer`)
      .send({ askingPrice: 1, share: NOTHING, notes: 'a\r\n'.repeat(2_000) })
      .expect(201)
    const id = await findSubmission(forecourt, (body as OfferedVehicle).reference)
    const { rows } = await forecourt.sql(
      'select transmission, additional_notes as notes from pending_submissions where id = $1',
      [id],
    )
    expect(rows).toEqual([
      { transmission: transmission.slice(0, 50), notes: 'a\n'.repeat(2_000).trim() },
    ])
  })

  it('has verified their address, and has not sold the vehicle', async () => {
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ soldDate: '2026-04-01' }).expect(200)
    expect(readMessage(await offerVehicle(owner, vehicle).expect(409))).toContain('2026-04-01')
    await forecourt.sql('update user_profiles set email_verified = false where auth0_sub = $1', [
      owner.subject,
    ])
    expect(readMessage(await offerVehicle(owner, vehicle).expect(403))).toContain('Verify')
  })

  it('sends it once at a time, from 50 requests at once as well', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => offerVehicle(owner, vehicle)),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(new Set(statuses)).toEqual(new Set([201, 409, 429]))
    expect(await countRows('pending_submissions', 'vehicle_id', vehicle)).toBe(1)
    await revoke().expect(200)
  })

  it('cannot send a VIN that somebody else is offering', async () => {
    const vin = anyVin()
    const [one, other] = [await saveVerifiedOwner(forecourt), await saveVerifiedOwner(forecourt)]
    const [first, second] = [
      await saveTrackedVehicle(forecourt, one, vin),
      await saveTrackedVehicle(forecourt, other, vin),
    ]
    await offerVehicle(one, first).expect(201)
    const refused = await offerVehicle(other, second).expect(409)
    expect(JSON.stringify(refused.body)).not.toContain(one.email)
  })

  it.each([
    [{ askingPrice: 0 }],
    [{ askingPrice: 10.001 }],
    [{ share: { maintenance: true } }],
    [{ share: { ...EVERYTHING, notes: true } }],
    [{ notes: 5 }],
    [{ phone: 'a\nb' }],
    [{ customerEmail: 'somebody@else.example' }],
  ])('cannot send %j', async (about) => {
    await owner.api
      .post(`/api/vehicles/${vehicle}/submit-to-dealer`)
      .send({ askingPrice: 1, share: EVERYTHING, ...about })
      .expect(400)
  })
})

describe('the offer of a vehicle', () => {
  it('is its owner’s alone: of no guest, admin or stranger', async () => {
    const editor = await saveVerifiedOwner(forecourt)
    await shareWith(owner, editor, vehicle, 'editor')
    const admin = await forecourt.asOwner('garage admin')
    await forecourt.sql('update user_profiles set email_verified = true where auth0_sub = $1', [
      admin.subject,
    ])
    const path = `/api/vehicles/${vehicle}/submit-to-dealer`
    await send()
    for (const { api } of [editor, admin, await saveVerifiedOwner(forecourt)]) {
      await offerVehicle({ api }, vehicle).expect(404)
      await api.get(path).expect(404)
      await api.delete(path).expect(404)
    }
    for (const role of ['viewer', 'manager', 'admin'] as const) {
      const api = await forecourt.as(role)
      await offerVehicle({ api }, vehicle).expect(403)
      await api.delete(path).expect(403)
    }
    await offerVehicle({ api: forecourt.anonymous }, vehicle).expect(401)
    expect((await getState()).body).toMatchObject({ status: 'pending' })
  })

  it('is revoked until it is approved, and then nothing of the history is left', async () => {
    const { reference, head } = await send()
    const id = await findSubmission(forecourt, reference)
    expect(await countRows('shared_histories', 'submission_id', id)).toBe(1)
    await revoke().expect(200)
    expect(await countRows('shared_histories', 'head', String(head))).toBe(0)
    expect(await countRows('pending_submissions', 'history_head', String(head))).toBe(0)
    expect((await getState()).body).toMatchObject({ status: 'withdrawn', head: null })
    await revoke().expect(409)
    const manager = await forecourt.as('manager')
    await manager.get(`/api/pending-submissions/${id}/history`).expect(404)
    expect(await send()).toMatchObject({ records: 5 })
  })

  it('is also revoked at the link of the customer, with its history', async () => {
    const { url, head } = await send()
    const link = new URL(url)
    const path = link.pathname.replace(/page$/, 'withdraw')
    await forecourt.anonymous.post(`${path}${link.search}`).send({ confirm: true }).expect(200)
    expect(await countRows('shared_histories', 'head', String(head))).toBe(0)
    expect((await getState()).body).toMatchObject({ status: 'withdrawn', head: null })
  })

  it('that was approved cannot be revoked', async () => {
    const { reference, head } = await send()
    const { car, carried } = await approveOffer(forecourt, reference)
    expect(carried).toBe(true)
    expect(readMessage(await revoke().expect(409))).toContain('so it cannot be withdrawn')
    expect((await getState()).body).toMatchObject({ status: 'approved', head, canRevoke: false })
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car}`).expect(200)
    expect(body).toMatchObject({ historyHead: head })
  })

  it('loses its history when it is rejected, whoever does it', async () => {
    const { reference } = await send()
    const id = await findSubmission(forecourt, reference)
    await forecourt.sql(
      `update pending_submissions set submission_status = 'rejected' where id = $1`,
      [id],
    )
    expect(await countRows('shared_histories', 'submission_id', id)).toBe(0)
    expect((await getState()).body).toMatchObject({ status: 'rejected', head: null })
  })

  it('of which one revocation and one approval come at once has one outcome', async () => {
    const { reference } = await send()
    const id = await findSubmission(forecourt, reference)
    const approve = forecourt.sql(
      `update pending_submissions set submission_status = 'approved'
       where id = $1 and submission_status in ('pending', 'in_review', 'info_wanted')`,
      [id],
    )
    const [{ rowCount }, revoked] = await Promise.all([approve, revoke()])
    expect([rowCount, revoked.status]).toEqual(rowCount === 1 ? [1, 409] : [0, 200])
    expect(await countRows('shared_histories', 'submission_id', id)).toBe(rowCount)
  })

  it('is withdrawn when the vehicle is transferred to another owner', async () => {
    const recipient = await saveVerifiedOwner(forecourt)
    await send()
    const terms = { withCosts: true, withDocuments: true }
    const id = await offerTo(owner, recipient, vehicle, terms)
    await recipient.api.post(`/api/me/transfers/${id}/accept`).expect(200)
    expect((await getState().expect(200)).body).toMatchObject({ status: 'withdrawn', head: null })
    await recipient.api.get(`/api/vehicles/${vehicle}/submit-to-dealer`).expect(404)
    await offerVehicle(recipient, vehicle).expect(201)
    await offerVehicle(owner, vehicle).expect(404)
  })

  it('stays while the vehicle is in the trash, where it can be revoked', async () => {
    await send()
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await offerVehicle(owner, vehicle).expect(404)
    expect((await getState()).body).toMatchObject({ status: 'pending' })
    await revoke().expect(200)
  })

  it('is withdrawn when an admin deletes the vehicle permanently', async () => {
    const { reference, url } = await send()
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/vehicles/${vehicle}`).expect(200)
    await admin.delete(`/api/vehicles/${vehicle}?trash=true`).expect(200)
    const { rows } = await forecourt.sql(
      'select submission_status, history_head from pending_submissions where reference = $1',
      [reference],
    )
    expect(rows).toEqual([{ submission_status: 'withdrawn', history_head: null }])
    const link = new URL(url)
    const page = await forecourt.anonymous.get(link.pathname + link.search).expect(200)
    expect(page.text).toContain('Withdrawn')
  })

  it('is in the audit log, for its owner', async () => {
    await send()
    await revoke().expect(200)
    const { rows } = await forecourt.sql(
      `select actor_admin_id as actor, action from admin_audit_logs
       where resource_id = $1 order by created_at`,
      [vehicle],
    )
    expect(rows).toEqual(
      ['dealer_submit', 'dealer_withdraw'].map((action) => ({ actor: owner.subject, action })),
    )
  })
})
