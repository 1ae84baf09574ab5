import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { isNotedSince } from '../support/instants.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let garageAdmin: Owner

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
  garageAdmin = await forecourt.asOwner('garage admin')
})

afterAll(() => forecourt.close())

const COLLECTIONS = ['fuel-logs', 'maintenance-logs', 'maintenance-schedules', 'documents'] as const

/** A vehicle with one row in every table that refers to it. */
async function fullVehicle(): Promise<string> {
  const { id } = await saveVehicle(forecourt.payload, owner.subject)
  const bodies = {
    'fuel-logs': aFuelLog(id),
    'maintenance-logs': {
      vehicle: id,
      category: 'Repair',
      serviceDate: '2026-02-01',
      subtypes: ['Brakes', 'Engine'],
    },
    'maintenance-schedules': { vehicle: id, category: 'Inspection', intervalMonths: 12 },
    documents: { vehicle: id, title: 'Insurance 2026', documentType: 'insurance' },
  }
  for (const [slug, body] of Object.entries(bodies))
    await owner.api.post(`/api/${slug}`).send(body).expect(201)
  return id
}

const countOf = async (slug: string, vehicle: string): Promise<number> => {
  const answer = await owner.api
    .get(`/api/${slug}`)
    .query({ 'where[vehicle][equals]': vehicle })
    .expect(200)
  return (answer.body as { totalDocs: number }).totalDocs
}

describe('a vehicle that is deleted', () => {
  it('goes to the trash with all that is about it, and comes back whole', async () => {
    const id = await fullVehicle()
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    await owner.api.get(`/api/vehicles/${id}`).expect(404)
    for (const slug of COLLECTIONS) expect([slug, await countOf(slug, id)]).toEqual([slug, 0])

    await owner.api.post(`/api/vehicles/${id}/restore`).expect(200)
    await owner.api.get(`/api/vehicles/${id}`).expect(200)
    for (const slug of COLLECTIONS) expect([slug, await countOf(slug, id)]).toEqual([slug, 1])
  })

  it('takes nothing out of the trash that was there before it', async () => {
    const id = await fullVehicle()
    const { body } = await owner.api
      .post('/api/documents')
      .send({ vehicle: id, title: 'Old manual', documentType: 'manual' })
    const manual = (body as { doc: { id: string } }).doc.id
    await owner.api.delete(`/api/documents/${manual}`).expect(200)
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    await owner.api.post(`/api/vehicles/${id}/restore`).expect(200)
    expect(await countOf('documents', id)).toBe(1)
    await owner.api.get(`/api/documents/${manual}`).expect(404)
    await owner.api.post(`/api/documents/${manual}/restore`).expect(200)
    await owner.api.get(`/api/documents/${manual}`).expect(200)
  })

  it('keeps its documents in the trash while it is there itself', async () => {
    const id = await fullVehicle()
    const found = await owner.api.get('/api/documents').query({ 'where[vehicle][equals]': id })
    const document = (found.body as { docs: { id: string }[] }).docs[0]?.id
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    const refused = await owner.api.post(`/api/documents/${document}/restore`).expect(409)
    expect(refused.text).toContain('2021 Honda Accord is in the trash')
  })

  it('cannot be written about any more', async () => {
    const id = await fullVehicle()
    const logs = await owner.api.get('/api/fuel-logs').query({ 'where[vehicle][equals]': id })
    const log = (logs.body as { docs: { id: string }[] }).docs[0]?.id
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    await owner.api.post('/api/fuel-logs').send(aFuelLog(id)).expect(400)
    await owner.api.get(`/api/fuel-logs/${log}`).expect(404)
    await owner.api.patch(`/api/fuel-logs/${log}`).send({ notes: 'x' }).expect(403)
    await owner.api.delete(`/api/fuel-logs/${log}`).expect(403)
  })

  it('is put into the trash by GraphQL and in bulk too', async () => {
    const [one, two] = [await fullVehicle(), await fullVehicle()]
    const mutation = `mutation { deleteVehicle(id: "${one}") { id } }`
    const answer = await owner.api.post('/api/graphql').send({ query: mutation }).expect(200)
    expect(answer.body).toEqual({ data: { deleteVehicle: { id: one } } })
    await owner.api.delete('/api/vehicles').query({ 'where[id][equals]': two }).expect(200)
    const kept = await forecourt.sql(
      'select id from vehicles where id = any($1) and deleted_at is not null',
      [[one, two]],
    )
    expect(kept.rowCount).toBe(2)
  })

  it('is not deleted for good by its owner, whichever way is tried', async () => {
    const id = await fullVehicle()
    await owner.api.delete(`/api/vehicles/${id}`).query({ trash: 'true' }).expect(403)
    await owner.api
      .delete('/api/vehicles')
      .query({ 'where[id][equals]': id, trash: 'true' })
      .expect(403)
    const mutation = `mutation { deleteVehicle(id: "${id}", trash: true) { id } }`
    const answer = await owner.api.post('/api/graphql').send({ query: mutation })
    expect((answer.body as { errors?: unknown[] }).errors).toHaveLength(1)
    await owner.api.get(`/api/vehicles/${id}`).expect(200)
  })

  it('leaves no orphan when an admin deletes it for good', async () => {
    const id = await fullVehicle()
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    await garageAdmin.api.delete(`/api/vehicles/${id}`).query({ trash: 'true' }).expect(200)
    for (const table of ['fuel_logs', 'maintenance_logs', 'maintenance_schedules', 'documents']) {
      const left = await forecourt.sql(`select 1 from ${table} where vehicle_id = $1`, [id])
      expect([table, left.rowCount]).toEqual([table, 0])
    }
    await owner.api.post(`/api/vehicles/${id}/restore`).expect(403)
  })

  it('says itself when it went', async () => {
    const id = await fullVehicle()
    const long = '1999-01-01T00:00:00.000Z'
    const began = Date.now()
    const answer = await owner.api
      .patch(`/api/vehicles/${id}`)
      .send({ deletedAt: long })
      .expect(200)
    const { deletedAt } = (answer.body as { doc: { deletedAt: string } }).doc
    expect(isNotedSince(began, deletedAt)).toBe(true)
  })
})

describe('a VIN', () => {
  it('is on one vehicle of an owner, and the refusal names it', async () => {
    const vin = anyVin()
    const first = await saveVehicle(forecourt.payload, owner.subject, { vin, nickname: 'Blue' })
    const refused = await owner.api.post('/api/vehicles').send({ vin }).expect(400)
    expect(refused.text).toContain(`VIN ${vin} is already on Blue (${first.id})`)
  })

  it('is on two vehicles of two owners, who learn nothing of each other', async () => {
    const vin = anyVin()
    await saveVehicle(forecourt.payload, owner.subject, { vin })
    const other = await forecourt.asOwner()
    await other.api.post('/api/vehicles').send({ vin }).expect(201)
  })

  it('is free again while its vehicle is in the trash, which then cannot come back', async () => {
    const vin = anyVin()
    const first = await saveVehicle(forecourt.payload, owner.subject, { vin })
    await owner.api.delete(`/api/vehicles/${first.id}`).expect(200)
    const second = await saveVehicle(forecourt.payload, owner.subject, {
      vin,
      nickname: 'The second',
    })
    const refused = await owner.api.post(`/api/vehicles/${first.id}/restore`).expect(409)
    expect(refused.text).toContain(`The second (${second.id})`)
  })

  it('is given to one of ten writers at the same moment', async () => {
    const vin = anyVin()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => owner.api.post('/api/vehicles').send({ vin })),
    )
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([
      201,
      ...Array.from({ length: 9 }, () => 400),
    ])
  })
})
