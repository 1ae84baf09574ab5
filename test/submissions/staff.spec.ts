import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aVin, offerCar } from '../support/submissions.ts'

let forecourt: TestForecourt
let manager: Api
let viewer: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  viewer = await forecourt.as('viewer')
})
afterAll(() => forecourt.close())

const flagsOf = async ({ id }: { id: string }): Promise<unknown> =>
  (await viewer.get(`/api/pending-submissions/${id}/flags`).expect(200)).body.flags
const addCar = async (about: object): Promise<{ id: string; stockNumber: string }> => {
  const car = { year: 2003, make: 'Honda', model: 'Accord', price: 9_000, mileage: 60_000 }
  const { body } = await manager
    .post('/api/inventory')
    .send({ ...car, ...about })
    .expect(201)
  return (body as { doc: { id: string; stockNumber: string } }).doc
}

describe('the flags of a submission', () => {
  it('are none for a car that we do not know', async () => {
    expect(await flagsOf(await offerCar(forecourt))).toEqual([])
  })

  it('link a car that is on the lot, or was sold here', async () => {
    const vin = aVin()
    const { id } = await addCar({ vin, stockNumber: 'A-1' })
    const offered = await offerCar(forecourt, { vin })
    const url = `/admin/collections/inventory/${id}`
    expect(await flagsOf(offered)).toEqual([
      { kind: 'on_lot', text: 'This car is on our lot as A-1 (available).', url },
    ])
    await manager.patch(`/api/inventory/${id}`).send({ status: 'sold' }).expect(200)
    expect(await flagsOf(offered)).toEqual([
      { kind: 'sold_here', text: 'We sold this car before as A-1.', url },
    ])
  })

  it('tell that it is in a garage, and not in whose', async () => {
    const vin = aVin()
    const owner = await forecourt.asOwner()
    const vehicle = await saveVehicle(forecourt.payload, owner.subject, { vin })
    const offered = await offerCar(forecourt, { vin })
    const flags = await flagsOf(offered)
    expect(flags).toEqual([
      { kind: 'in_garage', text: 'This car is a vehicle in the garage of an owner.', url: null },
    ])
    expect(JSON.stringify(flags)).not.toContain(vehicle.id)
  })

  it('are for staff only', async () => {
    const { id } = await offerCar(forecourt)
    await forecourt.anonymous.get(`/api/pending-submissions/${id}/flags`).expect(401)
    const { api } = await forecourt.asOwner('garage admin')
    await api.get(`/api/pending-submissions/${id}/flags`).expect(403)
    await viewer
      .get('/api/pending-submissions/00000000-0000-4000-8000-000000000000/flags')
      .expect(404)
  })
})

describe('a submission that staff enter', () => {
  it('has a reference of its own, which nobody can choose, and so has a copy', async () => {
    const { body } = await manager
      .post('/api/pending-submissions')
      .send({ year: 2003, make: 'Honda', model: 'Accord', reference: 'FC-MINE', linkVersion: 9 })
      .expect(201)
    expect(body.doc).toMatchObject({
      reference: expect.stringMatching(/^FC-.{4}-.{4}$/),
      linkVersion: 1,
    })
    const copy = await manager.post(`/api/pending-submissions/${body.doc.id}/duplicate`).expect(200)
    expect(copy.body.doc.reference).toMatch(/^FC-.{4}-.{4}$/)
    expect(copy.body.doc.reference).not.toBe(body.doc.reference)
  })
})
