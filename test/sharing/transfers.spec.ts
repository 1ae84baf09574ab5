import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { getService } from '../../src/services.ts'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'
import type { Owner } from '../support/owners.ts'
import { offerTo, readId, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const EVERYTHING = { withCosts: true, withDocuments: true }
const NOTHING = { withCosts: false, withDocuments: false }
const TABLES = [
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
  'ownership_costs',
  'documents',
]

let forecourt: TestForecourt
let owner: Owner
let recipient: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  recipient = await saveVerifiedOwner(forecourt)
  vehicle = await saveFullVehicle()
})

/** A vehicle of the owner with a row in every table, a file, and a sale. */
async function saveFullVehicle(): Promise<string> {
  const { id } = await saveVehicle(forecourt.payload, owner.subject, {
    nickname: 'Old Faithful',
    purchaseDate: '2020-01-01',
    purchasePrice: 20_000,
    purchaseOdometer: 10,
    soldDate: '2026-03-05',
    salePrice: 9_000,
  })
  const bodies: [string, object][] = [
    ['fuel-logs', aFuelLog(id, { odometer: 31_000 })],
    ['fuel-logs', aFuelLog(id, { odometer: 31_300, dateTime: '2026-03-04T10:00:00.000Z' })],
    [
      'maintenance-logs',
      { vehicle: id, category: 'Repair', serviceDate: '2026-02-01', cost: 80, odometer: 30_000 },
    ],
    ['maintenance-schedules', { vehicle: id, category: 'Inspection', intervalMonths: 12 }],
    [
      'ownership-costs',
      { vehicle: id, kind: 'tax', amount: 90, intervalMonths: 12, startDate: '2026-01-01' },
    ],
    ['documents', { vehicle: id, title: 'Policy', documentType: 'insurance' }],
  ]
  for (const [slug, body] of bodies) await owner.api.post(`/api/${slug}`).send(body).expect(201)
  return id
}

const accept = (id: string, who = recipient) => who.api.post(`/api/me/transfers/${id}/accept`)

const countRows = async (table: string, who: Owner): Promise<number> =>
  Number(
    (
      await forecourt.sql(`select count(*) from ${table} where vehicle_id = $1 and user_id = $2`, [
        vehicle,
        who.subject,
      ])
    ).rows[0]?.count,
  )

const loadStored = async ({ subject }: Owner): Promise<number> =>
  Number(
    (
      await forecourt.sql(
        'select coalesce(sum(bytes), 0)::int as bytes from owner_storage where user_id = $1',
        [subject],
      )
    ).rows[0]?.bytes,
  )

describe('a transfer', () => {
  it('moves the vehicle with its whole history, and only when it is accepted', async () => {
    const before = await owner.api.get(`/api/vehicles/${vehicle}/stats`).expect(200)
    const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
    await recipient.api.get(`/api/vehicles/${vehicle}`).expect(404)
    await owner.api.get('/api/vehicles').expect(200)
    expect((await accept(id).expect(200)).body).toEqual({ vehicle })
    await owner.api.get(`/api/vehicles/${vehicle}`).expect(404)
    expect((await owner.api.get('/api/vehicles')).body).toMatchObject({ totalDocs: 0 })
    const { body } = await recipient.api.get(`/api/vehicles/${vehicle}`).expect(200)
    expect(body).toMatchObject({
      userId: recipient.subject,
      odometerReading: 31_300,
      isActive: true,
      purchasePrice: 20_000,
      soldDate: null,
      salePrice: null,
    })
    for (const table of TABLES) {
      expect([table, await countRows(table, owner)]).toEqual([table, 0])
      expect(await countRows(table, recipient)).toBeGreaterThan(0)
    }
    const after = await recipient.api.get(`/api/vehicles/${vehicle}/stats`).expect(200)
    const { totals } = before.body as { totals: { cost: number; distance: object } }
    expect(after.body).toMatchObject({
      totals: { cost: totals.cost, distance: totals.distance },
    })
    await recipient.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(400)
  })

  it('moves the bytes that it stores', async () => {
    const before = await loadStored(owner)
    await accept(await offerTo(owner, recipient, vehicle, EVERYTHING)).expect(200)
    expect(await loadStored(owner)).toBeLessThan(before / 4)
    expect(await loadStored(recipient)).toBeGreaterThan(before / 2)
  })

  it('leaves costs and documents behind without consent, and removes their files', async () => {
    const { owners } = getService(forecourt.payload, 'storages')
    await owners.put('papers/policy', Buffer.from('a policy'))
    await forecourt.sql(
      `update documents set storage_bucket = 'papers', storage_key = 'policy'
       where vehicle_id = $1`,
      [vehicle],
    )
    await accept(await offerTo(owner, recipient, vehicle, NOTHING)).expect(200)
    const { body } = await recipient.api.get(`/api/vehicles/${vehicle}/stats`).expect(200)
    expect(body).toMatchObject({
      totals: {
        cost: 0,
        fuelLogs: 2,
        maintenanceLogs: 1,
        purchasePrice: { value: null },
        distance: { value: 31_290 },
      },
    })
    for (const slug of ['documents', 'ownership-costs'])
      expect((await recipient.api.get(`/api/${slug}`)).body).toMatchObject({ totalDocs: 0 })
    expect(await countRows('documents', owner)).toBe(0)
    expect(await owners.head('papers/policy')).toBeNull()
  })

  it('leaves no hash of a cost in imported rows without consent, and keeps it with consent', async () => {
    for (const [withCosts, fingerprint] of [
      [true, 'a'.repeat(64)],
      [false, null],
    ] as const) {
      const [from, to] = withCosts ? [owner, recipient] : [recipient, owner]
      for (const table of ['fuel_logs', 'maintenance_logs'])
        await forecourt.sql(
          `update ${table} set import_fingerprint = md5(id::text) || md5(id::text)
           where vehicle_id = $1`,
          [vehicle],
        )
      const terms = { withCosts, withDocuments: true }
      await accept(await offerTo(from, to, vehicle, terms), to).expect(200)
      for (const slug of ['fuel-logs', 'maintenance-logs']) {
        const { body } = await to.api.get(`/api/${slug}`).expect(200)
        for (const log of (body as { docs: { importFingerprint: string | null }[] }).docs)
          expect([slug, log.importFingerprint?.length]).toEqual([slug, fingerprint?.length])
      }
    }
  })

  it('leaves documents in the trash behind, also with consent', async () => {
    const { body: listed } = await owner.api.get('/api/documents').expect(200)
    const { docs } = listed as { docs: { id: string }[] }
    for (const { id } of docs) await owner.api.delete(`/api/documents/${id}`).expect(200)
    const about = { vehicle, title: 'Kept', documentType: 'manual' }
    await owner.api.post('/api/documents').send(about).expect(201)
    await accept(await offerTo(owner, recipient, vehicle, EVERYTHING)).expect(200)
    const { body } = await recipient.api.get('/api/documents?trash=true').expect(200)
    expect(body).toMatchObject({ totalDocs: 1, docs: [{ title: 'Kept' }] })
    expect(docs.length).toBeGreaterThan(0)
    expect(await countRows('documents', owner)).toBe(0)
  })

  it('ends the shares of the vehicle, also with its new owner', async () => {
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    await shareWith(owner, recipient, vehicle, 'editor')
    const added = await guest.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    await accept(await offerTo(owner, recipient, vehicle, EVERYTHING)).expect(200)
    await guest.api.get(`/api/vehicles/${vehicle}`).expect(404)
    expect((await guest.api.get('/api/me/shares')).body).toEqual({ given: [], received: [] })
    const { body } = await recipient.api.get(`/api/fuel-logs/${readId(added)}`).expect(200)
    expect(body).toMatchObject({ writtenBy: null, userId: recipient.subject })
  })

  it('is mailed to both and in the audit log with both', async () => {
    await accept(await offerTo(owner, recipient, vehicle, EVERYTHING)).expect(200)
    const mails = await forecourt.sql(
      `select recipient from outgoing_mails where about = 'transfer_done'
       and recipient = any($1)`,
      [[owner.email, recipient.email]],
    )
    expect(mails.rows).toHaveLength(2)
    const { rows } = await forecourt.sql(
      `select actor_admin_id as actor, action, context ->> 'owner' as owner
       from admin_audit_logs where resource_id = $1 order by created_at`,
      [vehicle],
    )
    expect(rows).toEqual([
      { actor: owner.subject, action: 'transfer_offer', owner: owner.subject },
      { actor: recipient.subject, action: 'transfer_accept', owner: owner.subject },
    ])
  })
})

describe('an offer', () => {
  it('is declined, withdrawn, or expires, and then cannot be accepted', async () => {
    const ways: ((id: string) => Promise<unknown>)[] = [
      (id) => recipient.api.delete(`/api/me/transfers/${id}`).expect(200),
      (id) => owner.api.delete(`/api/me/transfers/${id}`).expect(200),
      (id) => forecourt.sql('update vehicle_transfers set expires_at = now() where id = $1', [id]),
      () => owner.api.delete(`/api/vehicles/${vehicle}`).expect(200),
    ]
    for (const end of ways) {
      const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
      await end(id)
      await accept(id).expect(404)
    }
    await owner.api.post(`/api/vehicles/${vehicle}/restore`).expect(200)
    expect((await owner.api.get(`/api/vehicles/${vehicle}`)).status).toBe(200)
  })

  it('is accepted, declined and seen by nobody else', async () => {
    const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
    const stranger = await saveVerifiedOwner(forecourt)
    await accept(id, stranger).expect(404)
    await stranger.api.delete(`/api/me/transfers/${id}`).expect(404)
    expect((await stranger.api.get('/api/me/transfers')).body).toEqual({
      offered: [],
      received: [],
    })
    await accept(id, owner).expect(403)
    expect((await owner.api.get('/api/me/transfers')).body).toMatchObject({
      offered: [{ id, email: recipient.email, withCosts: true }],
      received: [],
    })
  })

  it('is the only one of its vehicle', async () => {
    await offerTo(owner, recipient, vehicle, EVERYTHING)
    const again = await owner.api
      .post(`/api/vehicles/${vehicle}/transfer`)
      .send({ email: 'someone-else@x.example', ...NOTHING })
      .expect(409)
    expect(again.text).toContain('Withdraw that first')
  })

  it('is refused while the recipient has a vehicle with the same VIN', async () => {
    const vin = anyVin()
    const offered = (await saveVehicle(forecourt.payload, owner.subject, { vin })).id
    const own = (await saveVehicle(forecourt.payload, recipient.subject, { vin })).id
    const id = await offerTo(owner, recipient, offered, EVERYTHING)
    expect((await accept(id).expect(409)).text).toContain(vin)
    await recipient.api.delete(`/api/vehicles/${own}`).expect(200)
    await accept(id).expect(200)
  })
})

describe('at the same time', () => {
  it('of two acceptances, one moves the vehicle', async () => {
    const id = await offerTo(owner, recipient, vehicle, NOTHING)
    const held = await lockRow(forecourt.url, 'vehicles', vehicle)
    const answers = [accept(id), accept(id)].map(async (answer) => (await answer).status)
    await held.waiting(2)
    await held.release()
    expect((await Promise.all(answers)).toSorted((one, other) => one - other)).toEqual([200, 404])
  })

  it('an acceptance and a withdrawal do not both succeed', async () => {
    const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
    const held = await lockRow(forecourt.url, 'vehicles', vehicle)
    const withdrawn = owner.api.delete(`/api/me/transfers/${id}`)
    const answers = [accept(id), withdrawn].map(async (answer) => (await answer).status)
    await held.waiting(2)
    await held.release()
    expect((await Promise.all(answers)).toSorted((one, other) => one - other)).toEqual([200, 404])
  })

  it('an acceptance that waits for a permanent deletion finds nothing', async () => {
    const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
    const held = await lockRow(forecourt.url, 'vehicles', vehicle)
    const answer = accept(id).then(({ status }) => status)
    await held.waiting(1)
    await held.remove()
    expect(await answer).toBe(404)
  })

  it.each(['owner', 'recipient'] as const)(
    'an acceptance that waits for the purge of the %s moves nothing',
    async (side) => {
      const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
      const { profile } = side === 'owner' ? owner : recipient
      const held = await lockRow(forecourt.url, 'user_profiles', profile)
      const answer = accept(id).then(({ status }) => status)
      await held.waiting(1)
      await held.remove()
      expect([401, 404]).toContain(await answer)
      const { rows } = await forecourt.sql('select user_id from vehicles where id = $1', [vehicle])
      expect(rows).toEqual([{ user_id: owner.subject }])
    },
  )

  it('a write of a guest that waits for the end of the share is refused', async () => {
    const share = await shareWith(owner, recipient, vehicle, 'editor')
    const held = await lockRow(forecourt.url, 'vehicles', vehicle)
    const added = recipient.api.post('/api/fuel-logs').send(aFuelLog(vehicle))
    const status = added.then((answer) => answer.status)
    await held.waiting(1)
    await held.change(['delete from vehicle_shares where id = $1'], [share])
    expect(await status).toBe(403)
  })
})
