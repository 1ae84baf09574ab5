import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

afterAll(() => forecourt.close())

type Answer = { body: unknown }
const docOf = (answer: Answer) => (answer.body as { doc: Record<string, unknown> }).doc
const warningsOf = (answer: Answer) =>
  ((answer.body as { warnings?: { code: string }[] }).warnings ?? []).map(({ code }) => code)

describe('a vehicle', () => {
  it('is known by a VIN or a license plate', async () => {
    const refused = await owner.api
      .post('/api/vehicles')
      .send({ nickname: 'Nameless', vin: '', licensePlate: ' ' })
      .expect(400)
    expect(refused.text).toContain('VIN is required when there is no license plate')
    const made = await owner.api
      .post('/api/vehicles')
      .send({ licensePlate: ' 7abc  123 ' })
      .expect(201)
    expect(docOf(made)).toMatchObject({ licensePlate: '7ABC 123', title: '7ABC 123', vin: null })
    await owner.api
      .patch(`/api/vehicles/${String(docOf(made)['id'])}`)
      .send({ licensePlate: null })
      .expect(400)
  })

  it('has a proper VIN, or none', async () => {
    const refused = await owner.api
      .post('/api/vehicles')
      .send({ vin: '1HGCM82643A004352' })
      .expect(400)
    expect(refused.text).toContain('check digit')
  })

  it('keeps the highest odometer of twenty logs that come at once', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const logs = Array.from({ length: 20 }, (_, i) => aFuelLog(id, { odometer: 1000 + i }))
    const answers = await Promise.all(logs.map((log) => owner.api.post('/api/fuel-logs').send(log)))
    expect(answers.map(({ status }) => status)).toEqual(logs.map(() => 201))
    expect((await owner.api.get(`/api/vehicles/${id}`)).body).toMatchObject({
      odometerReading: 1019,
    })
  })
})

describe('a fuel log', () => {
  it('has its total from units and price when none is said, and again when these change', async () => {
    const made = await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { fuelUnits: 11.234, costPerUnit: 3.459 }))
      .expect(201)
    expect(docOf(made)).toMatchObject({ totalCost: 38.86 })
    const changed = await owner.api
      .patch(`/api/fuel-logs/${String(docOf(made)['id'])}`)
      .send({ fuelUnits: 10 })
      .expect(200)
    expect(docOf(changed)).toMatchObject({ totalCost: 34.59 })
  })

  it('keeps a lower total as a discount, and says so', async () => {
    const made = await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { totalCost: 30 }))
      .expect(201)
    expect(docOf(made)).toMatchObject({ totalCost: 30 })
    expect(warningsOf(made)).toContain('total_below_units')
  })

  it('refuses a total more than 1 % higher', async () => {
    const refused = await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { totalCost: 36 }))
      .expect(400)
    expect(refused.text).toContain('Total cost must be 35.00 or at most 1% more, not 36')
  })

  it.each([
    ['fuelUnits', 0],
    ['fuelUnits', 1.2345],
    ['fuelUnits', 'ten'],
    ['costPerUnit', -1],
    ['dateTime', 'yesterday'],
    ['odometer', -5],
    ['vehicle', 'x'],
    ['vehicle', null],
    ['vehicle', { id: 5 }],
  ])('refuses %s %j by name', async (field, value) => {
    const refused = await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { [field]: value }))
      .expect(400)
    expect(refused.text).toContain(field)
  })
})

describe('a VIN of somebody’s vehicle', () => {
  it('is told apart by nothing but its owner', async () => {
    const vin = anyVin()
    const other = await forecourt.asOwner()
    await saveVehicle(forecourt.payload, other.subject, { vin })
    const made = await owner.api.post('/api/vehicles').send({ vin }).expect(201)
    expect(made.body).not.toHaveProperty('warnings')
  })
})
