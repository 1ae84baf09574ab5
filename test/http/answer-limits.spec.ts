import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let manager: Api
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  owner = await forecourt.asOwner()
  for (let i = 0; i < 12; i++) await saveCar(forecourt.payload, { make: `Make ${i}` })
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})
afterAll(() => forecourt.close())

describe('how much is answered', () => {
  it.each([
    ['limit=0', 10],
    ['limit=', 10],
    ['limit=1000000000', 12],
    ['limit=5', 5],
    ['page=0', 10],
    ['page=1000000000', 0],
    ['limit=100&depth=99', 12],
    ['pagination=false', 10],
    ['pagination=false&limit=0', 10],
  ])('is bounded whatever is said: %s', async (query, rows) => {
    const { body } = await manager.get(`/api/inventory?${query}`).expect(200)
    expect(body.docs).toHaveLength(rows)
  })

  it('reaches as deep as two references, and no relation is left out however many rows there are', async () => {
    const made = []
    for (let i = 0; i < 12; i++) {
      const submission = await manager
        .post('/api/pending-submissions')
        .send({ year: 2021, make: 'Honda', model: `Model ${i}` })
      made.push(
        (
          await saveCar(forecourt.payload, {
            make: 'Offered',
            sourceSubmission: submission.body.doc.id,
          })
        ).id,
      )
    }
    const { body } = await manager
      .get('/api/inventory?where[make][equals]=Offered&depth=1&limit=100')
      .expect(200)
    const origins = body.docs.map(
      ({ sourceSubmission }: { sourceSubmission: { model?: string } }) => sourceSubmission.model,
    )
    expect(origins.filter(Boolean)).toHaveLength(12)
  })

  it('is the row itself: a request cannot specify another in its place', async () => {
    const { id } = await saveCar(forecourt.payload, { make: 'Real' })
    const forged = encodeURIComponent(JSON.stringify({ id, make: 'Forged', createdBy: id }))
    await forecourt.anonymous.get(`/api/inventory/${id}?data=${forged}&depth=1`).expect(400)
  })

  it('sorts by five columns at most', async () => {
    await manager.get('/api/inventory?sort=make,model,-year,price,mileage').expect(200)
    await manager.get('/api/inventory?sort=make,model,-year,price,mileage,trim').expect(400)
  })
})

describe('what is joined to a row', () => {
  const joined = (query: string) => owner.api.get(`/api/vehicles/${vehicle}?${query}`)

  it('is bounded as rows are', async () => {
    for (let i = 0; i < 12; i++)
      await owner.api
        .post('/api/fuel-logs')
        .send(aFuelLog(vehicle, { odometer: 31_000 + i }))
        .expect(201)
    for (const [limit, rows] of [
      [0, 10],
      [1_000_000_000, 12],
      [3, 3],
    ] as const) {
      const { body } = await joined(`joins[fuelLogs][limit]=${limit}`).expect(200)
      expect(body.fuelLogs.docs).toHaveLength(rows)
    }
    const query = `{ Vehicle(id: "${vehicle}") { fuelLogs(limit: 0) { docs { id } } } }`
    const { data } = await queryGraphql(owner.api, query)
    expect((data?.['Vehicle'] as { fuelLogs: { docs: unknown[] } }).fuelLogs.docs).toHaveLength(10)
  })

  it.each([
    'joins[fuelLogs][where][wings][equals]=1',
    'joins[fuelLogs][where][or][0][and][0][or][0][and][0][odometer][equals]=1',
    'joins[fuelLogs][where][odometer][like][a]=1',
    'joins[fuelLogs][where]=x',
    'joins[fuelLogs][sort]=wings',
    'joins[maintenanceLogs][where][subtypes.a][equals]=1',
    'where[fuelLogs.odometer][equals]=1',
  ])('is asked as rows are: %s', async (query) => {
    await owner.api.get(`/api/vehicles?${query}`).expect(400)
  })
})
