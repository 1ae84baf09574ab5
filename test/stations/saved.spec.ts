import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const SAVED = '/api/saved-stations'

async function saveStation(name = 'Corner Fuel'): Promise<string> {
  const admin = await forecourt.as('admin')
  return (await admin.post('/api/stations').send({ name }).expect(201)).body.doc.id as string
}

const save = (owner: Owner, station: string, nickname = 'On the way to work') =>
  owner.api.post(SAVED).send({ station, nickname })

describe('a saved station', () => {
  it('has a nickname, and is seen by its owner and admins alone', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const station = await saveStation()
    const { body } = await save(owner, station).expect(201)
    expect(body.doc).toMatchObject({ userId: owner.subject, nickname: 'On the way to work' })
    const path = `${SAVED}/${body.doc.id}`
    expect((await owner.api.get(path).expect(200)).body.stationName).toBe('Corner Fuel')
    for (const api of [forecourt.anonymous, other.api, await forecourt.as('manager')])
      await api.get(path).expect((response) => expect(response.status).toBeGreaterThan(400))
    await (await forecourt.as('admin')).get(path).expect(200)
    await other.api.patch(path).send({ nickname: 'Mine' }).expect(403)
    await owner.api.patch(path).send({ nickname: 'Cheap' }).expect(200)
    await owner.api.delete(path).expect(200)
  })

  it('is saved once by each owner', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const station = await saveStation()
    const id = (await save(owner, station).expect(201)).body.doc.id as string
    const { body } = await save(owner, station).expect(400)
    expect(body.errors[0].message).toBe(`Station is already saved by this owner, ${SAVED}/${id}`)
    await save(other, station).expect(201)
  })

  it('exists, and is not deleted while it is saved', async () => {
    const owner = await forecourt.asOwner()
    await save(owner, randomUUID()).expect(400)
    const station = await saveStation()
    const id = (await save(owner, station).expect(201)).body.doc.id as string
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/stations/${station}`).expect(409)
    await owner.api.delete(`${SAVED}/${id}`).expect(200)
    await admin.delete(`/api/stations/${station}`).expect(200)
  })
})

describe('a fuel log', () => {
  async function saveLog(owner: Owner, about: object) {
    const vehicle = await owner.api
      .post('/api/vehicles')
      .send({ year: 2021, make: 'Honda', model: 'Accord', licensePlate: randomUUID().slice(0, 8) })
      .expect(201)
    const log = {
      dateTime: '2026-11-01T10:00:00Z',
      odometer: 40_000,
      fuelUnits: 10,
      costPerUnit: 3.5,
    }
    return owner.api.post('/api/fuel-logs').send({ ...log, vehicle: vehicle.body.doc.id, ...about })
  }

  it('may name its station, which is not deleted then', async () => {
    const owner = await forecourt.asOwner()
    const station = await saveStation()
    const { body, status } = await saveLog(owner, { station })
    expect([status, body.doc.station]).toEqual([201, station])
    const { vehicle, id } = body.doc as { vehicle: string; id: string }
    const stats = (await owner.api.get(`/api/vehicles/${vehicle}/stats`).expect(200)).body
    expect(stats.totals).toMatchObject({ fuelLogs: 1, fuelCost: 35 })
    const logs = (await owner.api.get(`/api/vehicles/${vehicle}/fuel-logs`).expect(200)).body
    expect(logs.docs).toMatchObject([{ id, station }])
    await (await forecourt.as('admin')).delete(`/api/stations/${station}`).expect(409)
    await owner.api.patch(`/api/fuel-logs/${id}`).send({ station: null }).expect(200)
    await (await forecourt.as('admin')).delete(`/api/stations/${station}`).expect(200)
  })

  it('does not name a station that does not exist, and nothing is lost', async () => {
    const owner = await forecourt.asOwner()
    for (const station of [randomUUID(), 'nearby', 7])
      expect((await saveLog(owner, { station })).status).toBe(400)
    expect((await owner.api.get('/api/fuel-logs').expect(200)).body.totalDocs).toBe(0)
  })
})
