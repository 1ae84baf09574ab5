import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
beforeEach(async () => {
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})
afterAll(() => forecourt.close())

type Answer = { body: unknown; text: string }
const docOf = (answer: Answer) => (answer.body as { doc: Record<string, unknown> }).doc
const warningsOf = (answer: Answer) =>
  (answer.body as { warnings?: { field: string; code: string; message: string }[] }).warnings ?? []
const save = (about: object, status = 201) =>
  owner.api
    .post('/api/fuel-logs')
    .send({ ...aFuelLog(vehicle), ...about })
    .expect(status)
const saveFills = async (...fills: object[]) => {
  for (const [index, fill] of fills.entries())
    await save({ dateTime: `2026-0${index + 1}-15T10:00:00.000Z`, ...fill })
}
const change = (id: unknown, about: object, status = 200) =>
  owner.api
    .patch(`/api/fuel-logs/${String(id)}`)
    .send(about)
    .expect(status)
/** A row from before there were rules about it. */
const saveOldLog = async (columns: Record<string, string | number | null>): Promise<string> => {
  const names = Object.keys(columns)
  const { rows } = await forecourt.sql(
    `insert into fuel_logs (user_id, vehicle_id, date_time, fuel_units, cost_per_unit,
      ${names.join(', ')})
    values ($1, $2, '2026-01-01T10:00:00Z', 10, 3.5, ${names.map((_, i) => `$${i + 3}`).join(', ')})
    returning id`,
    [owner.subject, vehicle, ...Object.values(columns)],
  )
  return String((rows[0] as { id: string }).id)
}

describe('the unit of fuel', () => {
  it('must measure the fuel of the log', async () => {
    const liters = { volumeUnit: 'l', fuelUnits: 50, costPerUnit: 0.3 }
    const refused = await save({ ...liters, fuelType: 'electricity' }, 400)
    expect(refused.text).toContain('must be kwh for electricity, not l')
    const made = await save({ ...liters, volumeUnit: 'kwh', fuelType: 'electricity' })
    expect(docOf(made)).toMatchObject({ fuelUnits: 50 })
    await change(docOf(made)['id'], liters, 400)
    await save({ ...liters, volumeUnit: 'kwh', fuelType: 'gasoline' }, 400)
  })
})

describe('the type of fuel', () => {
  it('is stored as listed, with its grade', async () => {
    const made = await save({ fuelType: 'Petrol', fuelGrade: 'premium' })
    expect(docOf(made)).toMatchObject({ fuelType: 'gasoline', fuelGrade: 'Premium' })
    const found = await owner.api
      .get('/api/fuel-logs')
      .query({ 'where[vehicle][equals]': vehicle, 'where[fuelType][equals]': 'Gasoline' })
    expect((found.body as { totalDocs: number }).totalDocs).toBe(1)
  })

  it.each([
    [{ fuelType: 'steam' }, 'must be one of gasoline, e85, diesel'],
    [{ fuelType: 'diesel', fuelGrade: '87' }, 'must be one of #1, #2, ULSD'],
    [{ fuelType: 'def', fuelGrade: '87' }, 'def has no grades'],
    [{ fuelGrade: '87' }, 'needs a fuelType'],
    [{ fuelType: 87 }, 'must be a string'],
  ])('is refused as %j', async (about, message) => {
    expect((await save(about, 400)).text).toContain(message)
  })

  it.each([
    ['electricity', 'l', 'must be kwh for electricity, not l'],
    ['gasoline', 'kwh', 'must be gal_us, gal_uk or l for gasoline'],
    ['hydrogen', 'l', 'must be left out for hydrogen, which is measured in kg'],
  ])('%s is not entered in %s', async (fuelType, volumeUnit, message) => {
    const refused = await save({ fuelType, volumeUnit }, 400)
    expect(refused.text).toContain(message)
    const { id } = docOf(await save({ fuelType }))
    await change(id, { fuelUnits: 20, volumeUnit }, 400)
  })

  it('electricity is entered in kWh', async () => {
    const made = await save({ fuelType: 'electricity', volumeUnit: 'kwh', fuelUnits: 31.4 })
    expect(docOf(made)).toMatchObject({ fuelUnits: 31.4 })
  })

  it('cannot change to one that does not have the grade', async () => {
    const { id } = docOf(await save({ fuelType: 'gasoline', fuelGrade: '87' }))
    expect((await change(id, { fuelType: 'diesel' }, 400)).text).toContain('for diesel, not')
    await change(id, { fuelType: 'diesel', fuelGrade: 'ULSD' })
  })

  it('of an old row stays as it is', async () => {
    const id = await saveOldLog({ fuel_type: 'Race fuel', fuel_grade: '110', odometer: 1000 })
    const changed = await change(id, { notes: 'at the track' })
    expect(docOf(changed)).toMatchObject({ fuelType: 'Race fuel', fuelGrade: '110' })
  })

  it('is listed with its grades for everyone', async () => {
    const { body } = await forecourt.anonymous.get('/api/fuel-types').expect(200)
    expect((body as { fuelTypes: object[] }).fuelTypes).toContainEqual({
      value: 'electricity',
      label: 'Electricity',
      measure: 'kwh',
      grades: ['Level 1', 'Level 2', 'DC fast'],
    })
  })
})

describe('a fill-up', () => {
  it('needs an odometer reading or a trip distance', async () => {
    const refused = await save({ odometer: null }, 400)
    expect(refused.text).toContain('is required when there is no trip distance')
    const { id } = docOf(await save({ odometer: null, tripDistance: 250 }))
    await change(id, { tripDistance: null }, 400)
    await change(id, { tripDistance: null, odometer: 31_250 })
    await change(id, { odometer: null }, 400)
  })

  it('is refused with an error for each field', async () => {
    const { body } = await owner.api.post('/api/fuel-logs').send({}).expect(400)
    const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path)
    expect(paths).toEqual(['vehicle', 'dateTime', 'odometer', 'fuelUnits', 'costPerUnit'])
  })

  it('of an old row may have neither', async () => {
    const id = await saveOldLog({ odometer: null })
    expect(docOf(await change(id, { notes: 'old' }))).toMatchObject({ notes: 'old' })
  })

  it('is full, and the one before it recorded, unless it says otherwise', async () => {
    const made = docOf(await save({}))
    expect(made).toMatchObject({ isFullFill: true, missedFill: false })
    const changed = await change(made['id'], { isFullFill: false, missedFill: true })
    expect(docOf(changed)).toMatchObject({ isFullFill: false, missedFill: true })
  })
})

describe('a charging session', () => {
  const session = { fuelType: 'electricity', fuelUnits: 40, costPerUnit: 0.31 }

  it('keeps a total with session and idle fees, and warns', async () => {
    const made = await save({ ...session, totalCost: 20 })
    expect(docOf(made)).toMatchObject({ totalCost: 20 })
    expect(warningsOf(made)).toMatchObject([
      {
        code: 'total_above_units',
        message:
          'totalCost 20 is more than expected: 40 units at 0.31 cost 12.40. ' +
          'The difference is treated as session and idle fees',
      },
    ])
  })

  it('is rounded to three decimal places, its total is not, and it says so', async () => {
    const made = await save({ ...session, fuelUnits: 34.5678, costPerUnit: 0.2925 })
    expect(docOf(made)).toMatchObject({ fuelUnits: 34.568, costPerUnit: 0.293, totalCost: 10.11 })
    expect(warningsOf(made)).toMatchObject([
      {
        field: 'fuelUnits',
        code: 'rounded',
        message: 'fuelUnits 34.5678 is stored as 34.568: 3 decimal places',
      },
      { field: 'costPerUnit', code: 'rounded' },
    ])
    const changed = await change(docOf(made)['id'], { costPerUnit: 0.4 })
    expect(docOf(changed)).toMatchObject({ totalCost: 13.83 })
  })

  it('has no more than four decimal places', async () => {
    await save({ ...session, costPerUnit: 0.29251 }, 400)
    await save({ costPerUnit: 3.4599 }, 400)
  })
})

describe('GET /api/vehicles/:id/fuel-logs', () => {
  const list = (query = '', id = vehicle, status = 200) =>
    owner.api.get(`/api/vehicles/${id}/fuel-logs${query}`).expect(status)

  it('has the economy of each fill, newest first', async () => {
    await saveFills(
      { odometer: 10_000, fuelUnits: 12 },
      { odometer: 10_240, fuelUnits: 5.196, isFullFill: false },
      { odometer: 10_480, fuelUnits: 3.358, isFullFill: false },
      { odometer: 10_852, fuelUnits: 14.212 },
    )
    const { body } = await list()
    expect(body).toMatchObject({
      units: { distance: 'mi', volume: 'gal_us', economy: 'mpg', currency: 'USD' },
      totalDocs: 4,
      totalPages: 1,
      docs: [
        { odometer: 10_852, economy: { value: 37.42 }, economyUnit: 'mpg', distance: 852 },
        { isFullFill: false, economy: { value: null } },
        { isFullFill: false, economy: { value: null } },
        { economy: { reason: 'This is the first full fill. Economy starts with the next one.' } },
      ],
    })
  })

  it('has pages', async () => {
    await saveFills({ odometer: 1000 }, { odometer: 1300 }, { odometer: 1600 })
    const { body } = await list('?limit=2&page=2')
    expect(body).toMatchObject({ totalDocs: 3, page: 2, limit: 2, totalPages: 2 })
    expect((body as { docs: object[] }).docs).toMatchObject([{ odometer: 1000 }])
    await list('?limit=0', vehicle, 400)
    await list('?sort=odometer', vehicle, 400)
  })

  it('follows a log that is entered late, corrected or deleted', async () => {
    await saveFills({ odometer: 1000 }, { odometer: 1600 })
    const values = async () =>
      ((await list()).body as { docs: { economy: { value: number | null } }[] }).docs.map(
        ({ economy }) => economy.value,
      )
    expect(await values()).toEqual([60, null])
    const late = docOf(await save({ dateTime: '2026-01-20T10:00:00Z', odometer: 1400 }))
    expect(await values()).toEqual([20, 40, null])
    await change(late['id'], { odometer: 1300 })
    expect(await values()).toEqual([30, 30, null])
    await owner.api.delete(`/api/fuel-logs/${String(late['id'])}`).expect(200)
    expect(await values()).toEqual([60, null])
  })
})

describe('GET /api/vehicles/:id/stats', () => {
  const read = async (client = owner, id = vehicle) =>
    (await client.api.get(`/api/vehicles/${id}/stats`).expect(200)).body as Record<string, unknown>

  it('has the costs and economy of the vehicle', async () => {
    await saveFills({ odometer: 10_000 }, { odometer: 10_300 }, { odometer: 11_000, fuelUnits: 30 })
    await owner.api
      .post('/api/maintenance-logs')
      .send({ vehicle, category: 'Repair', serviceDate: '2026-02-20', cost: 325, odometer: 10_500 })
      .expect(201)
    expect(await read()).toMatchObject({
      vehicle,
      totals: { fuelCost: 175, maintenanceCost: 325, cost: 500, distance: { value: 1000 } },
      economy: { unit: 'mpg', average: { value: 25 }, best: { value: 30 } },
      costPerDistance: { running: { value: 0.5 }, withPurchase: { value: null } },
      byCategory: [{ kind: 'fuel' }, { kind: 'maintenance', category: 'Repair', cost: 325 }],
      byMonth: [{ period: '2026-01' }, { period: '2026-02' }, { period: '2026-03' }],
      byYear: [{ period: '2026', cost: 500 }],
    })
  })

  it('is in the units, currency and days of the owner', async () => {
    const ann = await forecourt.asOwner()
    const { id } = await saveVehicle(forecourt.payload, ann.subject)
    await forecourt.sql(
      `insert into user_preferences (user_id, unit_system, currency_code, time_zone)
        values ($1, 'metric', 'EUR', 'Pacific/Auckland')
      on conflict (user_id) do update set unit_system = excluded.unit_system,
        currency_code = excluded.currency_code, time_zone = excluded.time_zone`,
      [ann.subject],
    )
    for (const [dateTime, odometer] of [
      ['2025-12-31T12:00:00Z', 1000],
      ['2026-02-01T12:00:00Z', 1300],
    ] as const)
      await ann.api.post('/api/fuel-logs').send(aFuelLog(id, { dateTime, odometer })).expect(201)
    expect(await read(ann, id)).toMatchObject({
      units: { distance: 'km', volume: 'l', currency: 'EUR', timeZone: 'Pacific/Auckland' },
      totals: { distance: { value: 482.8 }, distanceSince: '2026-01-01' },
      economy: { unit: 'l_per_100km', average: { value: 7.84 } },
      fuels: [{ unit: 'l', amount: 75.71, averagePrice: { value: 0.925 } }],
    })
  })

  it('is for the owner and admins, and not of a vehicle in the trash', async () => {
    const [stranger, garageAdmin] = [
      await forecourt.asOwner(),
      await forecourt.asOwner('garage admin'),
    ]
    await read(garageAdmin)
    const missing = '00000000-0000-4000-8000-000000000000'
    for (const part of ['stats', 'fuel-logs']) {
      await (await forecourt.as('admin')).get(`/api/vehicles/${vehicle}/${part}`).expect(200)
      await (await forecourt.as('manager')).get(`/api/vehicles/${vehicle}/${part}`).expect(403)
      await forecourt.anonymous.get(`/api/vehicles/${vehicle}/${part}`).expect(403)
      const foreign = await stranger.api.get(`/api/vehicles/${vehicle}/${part}`).expect(404)
      const none = await stranger.api.get(`/api/vehicles/${missing}/${part}`).expect(404)
      expect(foreign.text).toBe(none.text)
      await stranger.api.get(`/api/vehicles/x/${part}`).expect(404)
    }
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await owner.api.get(`/api/vehicles/${vehicle}/stats`).expect(404)
  })
})
