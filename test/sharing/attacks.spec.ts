import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { inviteGuest, offerTo, readId, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const TERMS = { withCosts: true, withDocuments: true }

let forecourt: TestForecourt
let owner: Owner
let other: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  other = await saveVerifiedOwner(forecourt)
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

const share = (who: Owner, email: string, id = vehicle) =>
  who.api.post(`/api/vehicles/${id}/shares`).send({ email, role: 'editor' })
const offer = (who: Owner, email: string, id = vehicle) =>
  who.api.post(`/api/vehicles/${id}/transfer`).send({ email, ...TERMS })

const deactivate = ({ subject }: Owner) =>
  forecourt.sql('update user_profiles set deactivated_at = now() where auth0_sub = $1', [subject])

/** What everybody without access gets for everything about the vehicle. */
async function expectNoAccess(who: Owner): Promise<void> {
  const { api } = who
  for (const path of ['stats', 'due', 'fuel-logs', 'documents-status', 'export', 'image'])
    expect([path, (await api.get(`/api/vehicles/${vehicle}/${path}`)).status]).toEqual([path, 404])
  await api
    .post(`/api/vehicles/${vehicle}/import`)
    .set('content-type', 'text/csv')
    .send('Date,Odometer,Gallons,Cost\n2026-01-05 10:00,100,5,15\n')
    .expect(404)
  for (const query of [`where[id][equals]=${vehicle}`, `where[and][0][or][0][id][in]=${vehicle}`])
    expect((await api.get(`/api/vehicles?${query}`).expect(200)).body.totalDocs).toBe(0)
  const { body } = await api
    .post('/api/graphql')
    .send({ query: `{ Vehicles { totalDocs } FuelLogs { totalDocs } Documents { totalDocs } }` })
  expect(body).toEqual({
    data: {
      Vehicles: { totalDocs: 0 },
      FuelLogs: { totalDocs: 0 },
      Documents: { totalDocs: 0 },
    },
  })
  for (const path of ['due', 'summary'])
    expect((await api.get(`/api/me/${path}`).expect(200)).text).not.toContain(vehicle)
}

describe('a share', () => {
  it('is refused with oneself, however the address is written', async () => {
    for (const email of [owner.email.toUpperCase(), ` ${owner.email} `]) {
      await share(owner, email).expect(400)
      await offer(owner, email).expect(400)
    }
  })

  it('is accepted by the owner of the address in any case, once', async () => {
    const { body } = await share(owner, other.email.toUpperCase()).expect(201)
    const again = await share(owner, other.email).expect(201)
    expect(again.body.id).toBe(body.id)
    const accept = () => other.api.post(`/api/me/shares/${String(body.id)}/accept`)
    const answers = await Promise.all([accept(), accept()])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
  })

  it('is not given for vehicles of others, guessed ones, or ones in the trash', async () => {
    await share(other, owner.email).expect(404)
    await share(owner, other.email, randomUUID()).expect(404)
    await share(owner, other.email, 'not-an-id').expect(404)
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await share(owner, other.email).expect(404)
    await offer(owner, other.email).expect(404)
  })

  it('is not accepted by guessing, nor for a vehicle in the trash, nor once it is revoked', async () => {
    await other.api.post(`/api/me/shares/${randomUUID()}/accept`).expect(404)
    const id = await inviteGuest(owner, other, vehicle, 'viewer')
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await other.api.post(`/api/me/shares/${id}/accept`).expect(404)
    await owner.api.post(`/api/vehicles/${vehicle}/restore`).expect(200)
    await owner.api.delete(`/api/me/shares/${id}`).expect(200)
    await other.api.post(`/api/me/shares/${id}/accept`).expect(404)
    await expectNoAccess(other)
  })

  it('with a deactivated account gives nothing, and one of a deactivated owner neither', async () => {
    const id = await inviteGuest(owner, other, vehicle, 'viewer')
    await deactivate(other)
    expect([401, 403]).toContain((await other.api.post(`/api/me/shares/${id}/accept`)).status)
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    await deactivate(owner)
    await expectNoAccess(guest)
  })

  it('gives a guest neither the trash, nor sharing, nor another owner’s lists', async () => {
    await shareWith(owner, other, vehicle, 'editor')
    const log = readId(await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201))
    const path = `/api/vehicles/${vehicle}`
    await other.api.delete(`${path}?trash=true`).expect(403)
    await other.api.delete(`/api/vehicles?where[id][equals]=${vehicle}`).expect((answer) => {
      expect(answer.body).toMatchObject({ docs: [] })
    })
    await other.api.get(`${path}/sharing`).expect(403)
    await other.api.patch(path).send({ userId: other.subject }).expect(200)
    const { body } = await owner.api.get(path).expect(200)
    expect(body).toMatchObject({ userId: owner.subject })
    await other.api.patch(`/api/fuel-logs/${log}`).send({ userId: other.subject }).expect(200)
    await owner.api.get(`/api/fuel-logs/${log}`).expect(200)
    await owner.api.delete(path).expect(200)
    await other.api.post(`${path}/restore`).expect(403)
    await other.api.get(`/api/vehicles?trash=true`).expect((answer) => {
      expect(answer.body).toMatchObject({ totalDocs: 0 })
    })
    await expectNoAccess(other)
  })

  it('with a viewer changes nothing by GraphQL', async () => {
    await shareWith(owner, other, vehicle, 'viewer')
    const log = readId(await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201))
    const mutations = [
      `updateVehicle(id: "${vehicle}", data: { color: "Red" }) { id }`,
      `updateFuelLog(id: "${log}", data: { notes: "mine" }) { id }`,
      `deleteFuelLog(id: "${log}") { id }`,
      `deleteVehicle(id: "${vehicle}") { id }`,
    ]
    for (const mutation of mutations) {
      const { body } = await other.api
        .post('/api/graphql')
        .send({ query: `mutation { ${mutation} }` })
      expect((body as { errors?: unknown[] }).errors).toHaveLength(1)
    }
    const { body } = await owner.api.get(`/api/fuel-logs/${log}`).expect(200)
    expect(body).toMatchObject({ notes: null, vehicle, userId: owner.subject })
  })

  it('lets an editor neither trash, restore nor delete a document of the owner', async () => {
    await shareWith(owner, other, vehicle, 'editor')
    const body = { vehicle, title: 'Policy', documentType: 'insurance' }
    const path = `/api/documents/${readId(await owner.api.post('/api/documents').send(body).expect(201))}`
    await other.api.delete(path).expect(403)
    await other.api.patch(path).send({ deletedAt: '2026-01-01T00:00:00Z' }).expect(403)
    await owner.api.delete(path).expect(200)
    for (const answer of [
      await other.api.post(`${path}/restore`),
      await other.api.patch(`${path}?trash=true`).send({ title: 'Mine' }),
      await other.api.delete(`${path}?trash=true`),
    ])
      expect([403, 404]).toContain(answer.status)
    await owner.api.post(`${path}/restore`).expect(200)
    expect((await owner.api.get(path).expect(200)).body).toMatchObject({ title: 'Policy' })
  })

  it('that ended gives nothing by bulk, joins or filters', async () => {
    const id = await shareWith(owner, other, vehicle, 'editor')
    await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    await owner.api.delete(`/api/me/shares/${id}`).expect(200)
    const where = `where[vehicle][equals]=${vehicle}`
    const changed = await other.api.patch(`/api/fuel-logs?${where}`).send({ notes: 'mine' })
    expect(changed.body).toMatchObject({ docs: [] })
    const deleted = await other.api.delete(`/api/fuel-logs?${where}`)
    expect(deleted.body).toMatchObject({ docs: [] })
    await expectNoAccess(other)
    const { rows } = await forecourt.sql('select notes from fuel_logs where vehicle_id = $1', [
      vehicle,
    ])
    expect(rows).toEqual([{ notes: null }])
  })
})

describe('a transfer', () => {
  it('is offered once of two offers at once', async () => {
    const answers = await Promise.all([offer(owner, other.email), offer(owner, 'ann@x.example')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
  })

  it('leaves the former owner and their guests nothing', async () => {
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    const log = readId(await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201))
    const id = await offerTo(owner, other, vehicle, TERMS)
    await other.api.post(`/api/me/transfers/${id}/accept`).expect(200)
    for (const former of [owner, guest]) {
      await expectNoAccess(former)
      await former.api.get(`/api/fuel-logs/${log}`).expect(404)
      await former.api.patch(`/api/fuel-logs/${log}`).send({ notes: 'mine' }).expect(403)
      await former.api.delete(`/api/fuel-logs/${log}`).expect(403)
      await former.api.post(`/api/vehicles/${vehicle}/restore`).expect(403)
      await share(former, owner.email).expect(404)
    }
    await owner.api.post(`/api/me/transfers/${id}/accept`).expect(404)
  })

  it('of two vehicles with one VIN to one owner is accepted once', async () => {
    const vin = anyVin()
    const second = await saveVerifiedOwner(forecourt)
    const offers: string[] = []
    for (const from of [owner, second]) {
      const { id } = await saveVehicle(forecourt.payload, from.subject, { vin })
      offers.push(await offerTo(from, other, id, TERMS))
    }
    const answers = await Promise.all(
      offers.map((id) => other.api.post(`/api/me/transfers/${id}/accept`)),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.text).toMatch(/^.*VIN .*already/)
  })

  it('is not accepted by a deactivated account, nor from one', async () => {
    const id = await offerTo(owner, other, vehicle, TERMS)
    await deactivate(owner)
    await other.api.post(`/api/me/transfers/${id}/accept`).expect(404)
    await forecourt.sql('update user_profiles set deactivated_at = null')
    await deactivate(other)
    expect([401, 403]).toContain((await other.api.post(`/api/me/transfers/${id}/accept`)).status)
    const { rows } = await forecourt.sql('select user_id from vehicles where id = $1', [vehicle])
    expect(rows).toEqual([{ user_id: owner.subject }])
  })
})
