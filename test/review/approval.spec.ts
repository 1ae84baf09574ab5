import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const FACTS = { year: 2019, make: 'Honda', model: 'Accord', trim: 'EX', askingPrice: 15_500 }

const submit = async (facts: object = {}): Promise<{ id: string; vin: string }> => {
  const body = { ...FACTS, vin: anyVin(), mileage: 48_200, ...facts }
  const answer = await manager.post('/api/pending-submissions').send(body).expect(201)
  return answer.body.doc
}
const post = (id: string, step: string, body: object = {}) =>
  manager.post(`/api/pending-submissions/${id}/${step}`).send(body)
const carsOf = async (id: string) =>
  (await forecourt.sql('select * from inventory where source_submission_id = $1', [id])).rows
const statusOf = async (id: string) =>
  (await manager.get(`/api/pending-submissions/${id}`)).body.submissionStatus

describe('approving a submission', () => {
  it('makes a car of it, with the facts of the customer and the price of the manager', async () => {
    const { id, vin } = await submit({ exteriorColor: 'Blue' })
    const { body } = await post(id, 'approve', { price: 18_900 }).expect(200)
    expect(body).toMatchObject({
      status: 'approved',
      car: { title: expect.stringContaining('2019 Honda Accord'), relisted: false },
      message: expect.stringContaining(' is on the lot.'),
    })
    const shown = await forecourt.anonymous.get(`/api/inventory/${body.car.id}`).expect(200)
    expect(shown.body).toMatchObject({ vin, price: 18_900, mileage: 48_200, exteriorColor: 'Blue' })
    expect(await carsOf(id)).toHaveLength(1)
    const decided = (await manager.get(`/api/pending-submissions/${id}`)).body
    expect(decided).toMatchObject({ submissionStatus: 'approved', waitingSinceAt: null })
    expect([decided.reviewedAt, decided.reviewedBy]).toEqual([
      expect.any(String),
      expect.any(String),
    ])
  })

  it('asks for a price, and never takes the one that the customer asks for', async () => {
    const { id } = await submit()
    const { body } = await post(id, 'approve', {}).expect(400)
    expect(body.errors[0]).toMatchObject({ path: 'price', code: 'validation_failed' })
    expect(await statusOf(id)).toBe('pending')
    await post(id, 'approve', { price: 0 }).expect(400)
    expect(await carsOf(id)).toEqual([])
  })

  it('asks for the mileage if the customer gave none', async () => {
    const { id } = await submit({ mileage: null })
    const { body } = await post(id, 'approve', { price: 18_900 }).expect(400)
    expect(body.errors[0].path).toBe('mileage')
    const { car } = (await post(id, 'approve', { price: 18_900, mileage: 51_000 }).expect(200)).body
    expect((await manager.get(`/api/inventory/${car.id}`)).body.mileage).toBe(51_000)
  })

  it('takes the offer of the appraisal as the cost, unless another one is entered', async () => {
    const [offered, entered] = [await submit(), await submit()]
    for (const { id } of [offered, entered])
      await manager.post('/api/appraisals').send({ submission: id, offer: 14_250 }).expect(201)
    await post(offered.id, 'approve', { price: 18_900 }).expect(200)
    await post(entered.id, 'approve', { price: 18_900, cost: 13_000 }).expect(200)
    expect((await carsOf(offered.id))[0].cost).toBe('14250.00')
    expect((await carsOf(entered.id))[0].cost).toBe('13000.00')
  })

  it('can put the car on hold, where the public does not see it', async () => {
    const { id } = await submit()
    const { car } = (await post(id, 'approve', { price: 18_900, status: 'hold' })).body
    await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(404)
  })

  it('names the car that stands on the lot with this VIN, and changes nothing', async () => {
    const { id, vin } = await submit()
    const other = { ...FACTS, vin, mileage: 10_000, price: 20_000, stockNumber: 'OTHER-1' }
    await manager.post('/api/inventory').send(other).expect(201)
    const { body } = await post(id, 'approve', { price: 18_900 }).expect(409)
    expect(body.errors[0].message).toMatch(
      /is on the lot already: 2019 Honda Accord .+ \(stock number OTHER-1, available\)/,
    )
    expect(await statusOf(id)).toBe('pending')
  })

  it('relists the car of a VIN that was sold here, with its history', async () => {
    const first = await submit()
    const { car } = (await post(first.id, 'approve', { price: 18_900 }).expect(200)).body
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 18_000 }).expect(200)
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'sold' }).expect(200)
    const second = await submit({ vin: first.vin, mileage: 61_000 })
    const { body } = await post(second.id, 'approve', { price: 16_500, status: 'hold' }).expect(200)
    expect(body.car).toEqual({ id: car.id, title: car.title, relisted: true })
    const row = (await manager.get(`/api/inventory/${car.id}`)).body
    expect(row).toMatchObject({
      price: 16_500,
      mileage: 61_000,
      status: 'hold',
      soldAt: null,
      sourceSubmission: second.id,
    })
    const prices = await forecourt.sql(
      'select to_price::float8 as price from price_changes where inventory_id = $1 order by 1',
      [car.id],
    )
    expect(prices.rows.map(({ price }) => price)).toEqual([16_500, 18_000])
    for (const { id } of [first, second]) {
      const review = (await manager.get(`/api/pending-submissions/${id}/review`).expect(200)).body
      expect(review.car.id).toBe(car.id)
    }
  })

  it('makes one car of 50 approvals at the same time; 49 learn who was first', async () => {
    const { id } = await submit()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(id, 'approve', { price: 18_900 })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(49)
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.errors[0].message).toMatch(/^A manager approved this submission on /)
    expect(await carsOf(id)).toHaveLength(1)
  })

  it('leaves nothing behind if the car cannot be made', async () => {
    const { id, vin } = await submit()
    await post(id, 'approve', { price: 18_900, stockNumber: 'OTHER-1' }).expect(400)
    expect(await statusOf(id)).toBe('pending')
    const cars = await forecourt.sql('select 1 from inventory where vin = $1', [vin])
    expect(cars.rows).toEqual([])
    await post(id, 'approve', { price: 18_900 }).expect(200)
  })
})

describe('the source of a car', () => {
  it('is set by the approval alone', async () => {
    const { id } = await submit()
    const car = { ...FACTS, vin: anyVin(), mileage: 10_000, price: 20_000, sourceSubmission: id }
    const { doc } = (await manager.post('/api/inventory').send(car).expect(201)).body
    expect(doc.sourceSubmission ?? null).toBeNull()
    await manager.patch(`/api/inventory/${doc.id}`).send({ sourceSubmission: id }).expect(200)
    expect(await carsOf(id)).toEqual([])
  })
})
