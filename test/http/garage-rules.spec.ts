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

  it('never has driven less than its logs say', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, { odometerReading: 30_000 })
    await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(id, { odometer: 31_000.4 }))
      .expect(201)
    expect((await owner.api.get(`/api/vehicles/${id}`)).body).toMatchObject({
      odometerReading: 31_001,
    })
    const refused = await owner.api
      .patch(`/api/vehicles/${id}`)
      .send({ odometerReading: 30_500 })
      .expect(400)
    expect(refused.text).toContain(
      'must be at least 31000.4, the reading in the fuel log from 2026-03-01, not 30500',
    )
    await owner.api.patch(`/api/vehicles/${id}`).send({ odometerReading: 32_000 }).expect(200)
  })

  it(
    'follows a corrected, a moved and a deleted log down again, to the highest of all logs or ' +
      'what its owner entered',
    async () => {
      const [{ id }, other] = [
        await saveVehicle(forecourt.payload, owner.subject),
        await saveVehicle(forecourt.payload, owner.subject),
      ]
      const read = async (vehicle = id) =>
        (await owner.api.get(`/api/vehicles/${vehicle}`).expect(200)).body.odometerReading
      const log = async (odometer: number) =>
        String(
          docOf(
            await owner.api.post('/api/fuel-logs').send(aFuelLog(id, { odometer })).expect(201),
          )['id'],
        )
      const maintenance = {
        vehicle: id,
        category: 'Repair',
        serviceDate: '2026-02-01',
        odometer: 150_000,
      }
      const repair = docOf(
        await owner.api.post('/api/maintenance-logs').send(maintenance).expect(201),
      )
      const mistyped = await log(1_547_540)
      expect(await read()).toBe(1_547_540)
      await owner.api.patch(`/api/fuel-logs/${mistyped}`).send({ odometer: 154_754.2 }).expect(200)
      expect(await read()).toBe(154_755)
      const extra = await log(9_999_999)
      await owner.api.delete(`/api/fuel-logs/${extra}`).expect(200)
      expect(await read()).toBe(154_755)
      await owner.api
        .patch(`/api/fuel-logs/${mistyped}?depth=1`)
        .send({ vehicle: other.id })
        .expect(200)
      expect([await read(), await read(other.id)]).toEqual([150_000, 154_755])
      await owner.api.patch(`/api/vehicles/${id}`).send({ odometerReading: 151_000 }).expect(200)
      await owner.api
        .patch(`/api/maintenance-logs/${String(repair['id'])}`)
        .send({ odometer: 152_000 })
        .expect(200)
      expect(await read()).toBe(152_000)
      await owner.api.delete(`/api/maintenance-logs/${String(repair['id'])}`).expect(200)
      expect(await read()).toBe(151_000)
    },
  )

  it('is given a warning for an odometer that jumps farther than a vehicle drives', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, { odometerReading: 150_000 })
    const log = (odometer: number, day: string) =>
      owner.api
        .post('/api/fuel-logs')
        .send(aFuelLog(id, { odometer, dateTime: `2026-${day}T10:00:00Z` }))
    expect(warningsOf(await log(154_754, '03-01').expect(201))).toEqual([])
    expect(warningsOf(await log(155_100, '03-02').expect(201))).toEqual([])
    const jumped = await log(1_551_400, '03-03').expect(201)
    expect(warningsOf(jumped)).toEqual(['odometer_jump'])
    expect(jumped.text).toContain('odometer 1551400 is 1396300 miles more than the previous')
    await owner.api.delete(`/api/fuel-logs/${String(docOf(jumped)['id'])}`).expect(200)
    const change = await owner.api
      .patch(`/api/vehicles/${id}`)
      .send({ odometerReading: 1_551_000 })
      .expect(200)
    expect(warningsOf(change)).toEqual(['odometer_jump'])
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
    expect(refused.text).toContain('Total Cost must be 35.00 or at most 1% more, not 36')
  })

  it('warns of an odometer that goes back', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    await owner.api
      .post('/api/fuel-logs')
      .send(aFuelLog(id, { odometer: 5000 }))
      .expect(201)
    const later = aFuelLog(id, { odometer: 4000, dateTime: '2026-04-01T10:00:00.000Z' })
    const answer = await owner.api.post('/api/fuel-logs').send(later).expect(201)
    expect(warningsOf(answer)).toEqual(['odometer_out_of_order'])
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
