import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { NO_VIN } from '../../src/domain/car-title.ts'
import { getLotDay, getLotTimeZone } from '../../src/lot/time-zone.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { loadRuns, runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

const DAY_MS = 86_400_000
const dayFromNow = (days: number) =>
  getLotDay(forecourt.payload, new Date(Date.now() + days * DAY_MS))
const carOf = async ({ id }: { id: string }): Promise<Inventory> =>
  (await manager.get(`/api/inventory/${id}`).expect(200)).body

describe('POST /api/inventory/:id/sell', () => {
  it('marks a car as sold now, with the price and a note about the buyer', async () => {
    const car = await saveCar(forecourt.payload)
    const { body } = await manager
      .post(`/api/inventory/${car.id}/sell`)
      .send({ price: 23_900, buyerNote: ' Ann Lee ' })
      .expect(200)
    expect(body.message).toBe(`${car.title} is sold for $23,900.`)
    expect(body.doc).toMatchObject({ status: 'sold', soldPrice: 23_900, buyerNote: 'Ann Lee' })
    expect(body.doc).toMatchObject({ soldAt: expect.any(String), daysOnLot: 0 })
    expect((await carOf(car)).price).toBe(24_500)
    await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(404)
  })

  it('takes an earlier day at the dealership, but none in the future or before the listing', async () => {
    const car = await saveCar(forecourt.payload)
    const sell = (soldOn: string) =>
      manager.post(`/api/inventory/${car.id}/sell`).send({ price: 23_900, soldOn })
    await sell(dayFromNow(1)).expect(400)
    await sell('2026-02-30').expect(400)
    const { body: early } = await sell(dayFromNow(-1)).expect(400)
    expect(early.errors[0].message).toMatch(/listed on that day/)
    await forecourt.sql(
      `update inventory set listed_at = now() - interval '9 days' where id = $1`,
      [car.id],
    )
    const { body } = await sell(dayFromNow(-2)).expect(200)
    expect(getLotDay(forecourt.payload, new Date(body.doc.soldAt))).toBe(dayFromNow(-2))
    expect(body.doc.daysOnLot).toBe(7)
  })

  it('is not before the listing of the same day, which was in the evening', async () => {
    const car = await saveCar(forecourt.payload)
    const soldOn = dayFromNow(-3)
    const { rows } = await forecourt.sql(
      `update inventory set listed_at = ($2::date + time '19:30') at time zone $3
        where id = $1 returning listed_at`,
      [car.id, soldOn, getLotTimeZone(forecourt.payload)],
    )
    const sale = { price: 23_900, soldOn }
    const { body } = await manager.post(`/api/inventory/${car.id}/sell`).send(sale).expect(200)
    expect(new Date(body.doc.soldAt)).toEqual(new Date(rows[0]?.['listed_at']))
    expect(body.doc.daysOnLot).toBe(0)
  })

  it('lets one of 50 win', async () => {
    const car = await saveCar(forecourt.payload)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, buyer) =>
        manager.post(`/api/inventory/${car.id}/sell`).send({ price: 20_000 + buyer }),
      ),
    )
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
    const winner = answers.find(({ status }) => status === 200)
    expect((await carOf(car)).soldPrice).toBe(winner?.body.doc.soldPrice)
  })

  it('refuses a sold car with a 409, and forgets the sale when it falls through', async () => {
    const car = await saveCar(forecourt.payload)
    const sell = () => manager.post(`/api/inventory/${car.id}/sell`).send({ price: 23_900 })
    await sell().expect(200)
    const { body } = await sell().expect(409)
    expect(body.errors[0].message).toBe(`${car.title} is already sold.`)
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'available' }).expect(200)
    expect(await carOf(car)).toMatchObject({ soldAt: null, soldPrice: null, buyerNote: null })
    await sell().expect(200)
  })

  it('is for managers, and for cars that exist and have a VIN', async () => {
    const car = await saveCar(forecourt.payload)
    const sell = (api: Api, id = car.id) =>
      api.post(`/api/inventory/${id}/sell`).send({ price: 23_900 })
    await sell(forecourt.anonymous).expect(401)
    await sell(await forecourt.as('viewer')).expect(403)
    await sell((await forecourt.asOwner()).api).expect(403)
    await sell(manager, randomUUID()).expect(404)
    await manager.post(`/api/inventory/${car.id}/sell`).send({}).expect(400)
    expect((await carOf(car)).status).toBe('available')
  })

  it('keeps the price of the sale and the notes from the public', async () => {
    const car = await saveCar(forecourt.payload, { buyerNote: 'hagglers', heldUntilDate: null })
    await manager.patch(`/api/inventory/${car.id}`).send({ soldPrice: 1 }).expect(200)
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    for (const name of ['soldPrice', 'buyerNote', 'heldUntilDate'])
      expect(body).not.toHaveProperty(name)
    expect(await carOf(car)).toMatchObject({ soldPrice: null, buyerNote: 'hagglers' })
  })
})

describe('POST /api/inventory/:id/hold', () => {
  const hold = (car: Inventory, body: object) =>
    manager.post(`/api/inventory/${car.id}/hold`).send(body)

  it('holds a car until a day, and can change the day', async () => {
    const car = await saveCar(forecourt.payload)
    const { body } = await hold(car, { until: dayFromNow(2), note: 'for Ann' }).expect(200)
    expect(body.message).toBe(`${car.title} is on hold until ${dayFromNow(2)}.`)
    expect(body.doc).toMatchObject({
      status: 'hold',
      heldUntilDate: dayFromNow(2),
      buyerNote: 'for Ann',
    })
    await hold(car, {}).expect(200)
    expect(await carOf(car)).toMatchObject({ heldUntilDate: null, buyerNote: null })
    await hold(car, { until: dayFromNow(-1) }).expect(400)
  })

  it('refuses a sold car', async () => {
    const car = await saveCar(forecourt.payload, { status: 'sold' })
    await hold(car, {}).expect(400)
  })

  it('ends when its last day is over at the dealership, and not before', async () => {
    const [over, today, open, copy, sold] = await Promise.all([
      saveCar(forecourt.payload, { status: 'hold' }),
      saveCar(forecourt.payload, { status: 'hold' }),
      saveCar(forecourt.payload, { status: 'hold' }),
      saveCar(forecourt.payload, { status: 'hold' }),
      saveCar(forecourt.payload, { status: 'sold' }),
    ])
    const end = (car: Inventory, day: string) =>
      forecourt.sql(`update inventory set held_until_date = $2 where id = $1`, [car.id, day])
    await forecourt.sql('update inventory set vin = $2 where id = $1', [copy.id, NO_VIN])
    for (const car of [over, copy, sold]) await end(car, dayFromNow(-1))
    await end(today, dayFromNow(0))
    const { run } = await runJob(engine, forecourt, 'end-holds')
    expect((await loadRuns(forecourt, run.jobId))[0]?.result).toMatchObject({ ended: 1 })
    expect(await carOf(over)).toMatchObject({ status: 'available', heldUntilDate: null })
    expect(await carOf(today)).toMatchObject({ status: 'hold', heldUntilDate: dayFromNow(0) })
    for (const car of [open, copy]) expect((await carOf(car)).status).toBe('hold')
    expect((await carOf(sold)).status).toBe('sold')
    await forecourt.anonymous.get(`/api/inventory/${over.id}`).expect(200)
  })

  it('fails the run of the task if a car cannot be changed, and ends the other holds', async () => {
    const broken = await saveCar(forecourt.payload, { status: 'hold' })
    const other = await saveCar(forecourt.payload, { status: 'hold' })
    await forecourt.sql(`update inventory set held_until_date = $1 where id = any($2::uuid[])`, [
      dayFromNow(-1),
      [broken.id, other.id],
    ])
    await forecourt.sql('update inventory set doors = 50 where id = $1', [broken.id])
    const { run } = await runJob(engine, forecourt, 'end-holds')
    const [attempt] = await loadRuns(forecourt, run.jobId)
    expect(attempt?.error).toMatch(/1 of 2 holds could not be ended/)
    expect((await carOf(broken)).status).toBe('hold')
    expect((await carOf(other)).status).toBe('available')
  })

  it('cannot end before today, however it is entered', async () => {
    const car = await saveCar(forecourt.payload)
    const write = (change: object) => manager.patch(`/api/inventory/${car.id}`).send(change)
    const past = await write({ status: 'hold', heldUntilDate: dayFromNow(-1) }).expect(400)
    expect(JSON.stringify(past.body)).toMatch(/heldUntilDate.+must be today, /)
    await write({ status: 'hold', heldUntilDate: dayFromNow(1) }).expect(200)
    await write({ heldUntilDate: dayFromNow(-1) }).expect(400)
    expect((await carOf(car)).heldUntilDate).toBe(dayFromNow(1))
  })

  it('does not end a hold by a day that was entered while the car was for sale', async () => {
    const car = await saveCar(forecourt.payload)
    const write = (change: object) =>
      manager.patch(`/api/inventory/${car.id}`).send(change).expect(200)
    await write({ heldUntilDate: dayFromNow(-9) })
    await write({ status: 'hold' })
    expect((await carOf(car)).heldUntilDate).toBe(null)
    await write({ heldUntilDate: dayFromNow(9) })
    expect((await carOf(car)).heldUntilDate).toBe(dayFromNow(9))
  })
})
