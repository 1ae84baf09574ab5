import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, anyVin, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const create = (about: object) => manager.post('/api/inventory').send({ ...aCar(), ...about })

describe('a second car with the same VIN', () => {
  it('is refused, and the message names the first', async () => {
    const first = await saveCar(forecourt.payload, { stockNumber: 'A-1', status: 'hold' })
    const { body } = await create({ vin: first.vin.toLowerCase() }).expect(400)
    const [refused] = body.errors[0].data.errors
    expect(refused).toMatchObject({
      path: 'vin',
      message: `VIN ${first.vin} is already on ${first.title} (stock number A-1, hold).`,
    })
  })

  it('does not come about by a change either', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    await manager.patch(`/api/inventory/${one.id}`).send({ vin: other.vin }).expect(400)
    await manager
      .patch(`/api/inventory?where[id][equals]=${one.id}`)
      .send({ vin: other.vin })
      .expect(400)
    expect((await manager.get(`/api/inventory/${one.id}`)).body.vin).toBe(one.vin)
  })

  it(
    'does not slip in beside the first: of twenty at once exactly one is made, and the others ' +
      'hear of it',
    async () => {
      const vin = anyVin()
      const answers = await Promise.all(Array.from({ length: 20 }, () => create({ vin })))
      const statuses = answers.map(({ status }) => String(status)).sort()
      expect(statuses).toEqual(['201', ...Array.from({ length: 19 }, () => '400')])
      for (const { body } of answers.filter(({ status }) => status === 400))
        expect(JSON.stringify(body)).toContain(`VIN ${vin} is already on 2021 Honda Accord`)
    },
  )

  it('may be made once the first is gone', async () => {
    const first = await saveCar(forecourt.payload)
    await (await forecourt.as('admin')).delete(`/api/inventory/${first.id}`).expect(200)
    await create({ vin: first.vin }).expect(201)
  })
})

describe('a stock number', () => {
  it('is made from the VIN where none is given', async () => {
    const vin = anyVin()
    expect((await create({ vin }).expect(201)).body.doc.stockNumber).toBe(vin.slice(-8))
    expect((await create({ stockNumber: '' }).expect(201)).body.doc.stockNumber).toHaveLength(8)
  })

  it('that is emptied stays what it was, however often and in whichever way', async () => {
    const first = (await create({}).expect(201)).body.doc
    const given = (await create({ stockNumber: `S-${first.id}`.slice(0, 20) }).expect(201)).body.doc
    for (const { id, stockNumber } of [first, given])
      for (const emptied of ['', null, '  ', ''])
        expect(
          (await manager.patch(`/api/inventory/${id}`).send({ stockNumber: emptied }).expect(200))
            .body.doc,
        ).toMatchObject({
          stockNumber,
        })
    await manager
      .patch(`/api/inventory?where[id][equals]=${first.id}`)
      .send({ stockNumber: '' })
      .expect(200)
    const { body } = await manager.get(`/api/inventory/${first.id}`).expect(200)
    expect(body.stockNumber).toBe(first.stockNumber)
  })

  it('that another car has is refused with the name of that car', async () => {
    const first = await saveCar(forecourt.payload, { stockNumber: 'S-77' })
    const { body } = await create({ stockNumber: 'S-77' }).expect(400)
    expect(body.errors[0].data.errors).toEqual([
      expect.objectContaining({
        path: 'stockNumber',
        message: expect.stringContaining(first.title ?? '?'),
      }),
    ])
  })

  it('is free for each of many cars that end alike and come at once', async () => {
    const chassis = (letter: string) => `${letter}99-12345678`
    const cars = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) =>
      create({ vin: chassis(letter), year: 1960 }),
    )
    const answers = await Promise.all(cars)
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201])
    const numbers = answers.map(({ body }) => String(body.doc.stockNumber)).sort()
    expect(numbers).toEqual(['12345678', ...[2, 3, 4, 5, 6].map((ending) => `12345678-${ending}`)])
  })

  it('is refused once for many cars: none of them takes it half', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    const { body } = await manager
      .patch(`/api/inventory?where[id][in]=${one.id},${other.id}`)
      .send({ stockNumber: 'SAME' })
    const kept = await forecourt.payload.find({
      collection: 'inventory',
      where: { stockNumber: { equals: 'SAME' } },
      overrideAccess: true,
    })
    expect(kept.totalDocs).toBeLessThanOrEqual(1)
    expect(body.docs.map(({ id }: { id: string }) => id)).toEqual(kept.docs.map(({ id }) => id))
  })
})
