import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createPayloadInventory } from '../../src/imports/jekyll/payload-inventory.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  for (const [make, model] of [
    ['Honda', 'CR-V'],
    ['WIESMANN', 'Roadster MF3'],
  ])
    await forecourt.sql(
      `insert into vehicle_options (year, make, model, trim) values (2021, $1, $2, 'EX')`,
      [make, model],
    )
})
afterAll(() => forecourt.close())

const WRITTEN = {
  make: 'honda',
  model: 'cr-v',
  bodyStyle: 'sport utility',
  fuelType: 'gas',
  drivetrain: 'all wheel drive',
  transmission: 'automatic',
}
const SPELLED = {
  make: 'Honda',
  model: 'CR-V',
  bodyStyle: 'SUV',
  fuelType: 'Gasoline',
  drivetrain: 'AWD',
  transmission: 'Automatic',
}

describe('the spelling of a car', () => {
  it('is the catalog’s when it is created, changed or imported', async () => {
    const { body } = await manager.post('/api/inventory').send(aCar(WRITTEN)).expect(201)
    expect(body.doc).toMatchObject(SPELLED)
    expect(body.doc.title).toMatch(/^2021 Honda CR-V/)
    const car = await saveCar(forecourt.payload)
    await manager.patch(`/api/inventory/${car.id}`).send(WRITTEN).expect(200)
    const imported = await saveCar(forecourt.payload)
    await createPayloadInventory(forecourt.payload).update(imported.id, WRITTEN)
    for (const { id } of [car, imported]) {
      const { body: row } = await manager.get(`/api/inventory/${id}`).expect(200)
      expect(row).toMatchObject(SPELLED)
    }
  })

  it('is the catalog’s for a make that only the catalog knows, and of the model alone', async () => {
    const { body } = await manager
      .post('/api/inventory')
      .send(aCar({ make: 'Wiesmann', model: 'ROADSTER mf3' }))
      .expect(201)
    expect(body.doc).toMatchObject({ make: 'WIESMANN', model: 'Roadster MF3' })
    const car = await saveCar(forecourt.payload)
    await manager.patch(`/api/inventory/${car.id}`).send({ model: 'cr-v' }).expect(200)
    const { body: row } = await manager.get(`/api/inventory/${car.id}`).expect(200)
    expect(row).toMatchObject({ make: 'Honda', model: 'CR-V' })
  })

  it('stays as entered where it is unknown', async () => {
    const unknown = { make: 'Tucker', model: 'forty-eight', fuelType: 'wood gas' }
    const { body } = await manager.post('/api/inventory').send(aCar(unknown)).expect(201)
    expect(body.doc).toMatchObject(unknown)
  })

  it('is found by other spellings, too', async () => {
    const car = await saveCar(forecourt.payload, { make: 'chevy', fuelType: 'gas' })
    const query = 'where[make][equals]=chevrolet&where[fuelType][in]=gas,diesel'
    const { body } = await forecourt.anonymous.get(`/api/inventory?${query}`).expect(200)
    expect(body.docs).toMatchObject([{ id: car.id, make: 'Chevrolet', fuelType: 'Gasoline' }])
  })
})

describe('a price below the cost', () => {
  const WARNING = {
    field: 'price',
    code: 'below_cost',
    message: 'The price is $1,000 below the cost',
  }

  it('is accepted with a warning, however it is set', async () => {
    const car = await saveCar(forecourt.payload)
    const { body: changed } = await manager
      .post(`/api/inventory/${car.id}/price`)
      .send({ price: 20_000 })
      .expect(200)
    expect(changed.warnings).toEqual([WARNING])
    const { body: raised } = await manager.patch(`/api/inventory/${car.id}`).send({ cost: 21_000 })
    expect(raised.warnings).toBeUndefined()
    const { body: created } = await manager.post('/api/inventory').send(aCar({ price: 20_000 }))
    expect(created.warnings).toContainEqual(WARNING)
  })

  it('is no reason for a warning if it stays, or equals the cost', async () => {
    const car = await saveCar(forecourt.payload, { price: 20_000 })
    const patch = (body: object) => manager.patch(`/api/inventory/${car.id}`).send(body).expect(200)
    expect((await patch({ trim: 'EX' })).body.warnings).toBeUndefined()
    expect((await patch({ price: 21_000 })).body.warnings).toBeUndefined()
  })
})
