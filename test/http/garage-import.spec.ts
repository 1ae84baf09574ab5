import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Api } from '../support/api.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let american: Owner
let german: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  american = await forecourt.asOwner()
  german = await forecourt.asOwner()
  await setUnits(german, { unitSystem: 'metric', timeZone: 'Europe/Berlin' })
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  vehicle = (await saveVehicle(forecourt.payload, american.subject)).id
})

const setUnits = (owner: Owner, units: object) =>
  owner.api.post('/api/onboarding/preferences').send(units).expect(200)

const readFixture = (name: string) => readFileSync(`test/fixtures/owner-imports/${name}`)

type Options = Record<string, string | boolean>
type Result = {
  message: string
  detected: Record<string, { value: unknown; source: string }> & { format: string }
  questions: { option: string; choices: { value: string }[] }[]
  unknownWords: string[]
  counts: Record<string, number>
  rows: { line: number; kind: string; values: Record<string, unknown> }[]
  refused: { line: number; reasons: string[] }[]
  warnings: { line: number; message: string }[]
}

const post = (api: Api, to: string, file: Buffer | string, options: Options = {}) =>
  api.post(`/api/vehicles/${to}/import`).query(options).set('content-type', 'text/csv').send(file)

async function importFile(
  file: Buffer | string,
  options: Options = {},
  { api = american.api, to = vehicle } = {},
): Promise<Result> {
  const { body } = await post(api, to, file, options).expect(200)
  return body as Result
}

async function refuse(file: Buffer | string, options: Options = {}, status = 400) {
  const { body } = await post(american.api, vehicle, file, options).expect(status)
  return (body as { errors: { message: string }[] }).errors[0]?.message ?? ''
}

async function readStats(api: Api, id: string) {
  const { body } = await api.get(`/api/vehicles/${id}/stats`).expect(200)
  const { economy, totals } = body as {
    economy: { average: { value: number } }
    totals: { distance: { value: number }; fuelCost: number; maintenanceCost: number }
  }
  return {
    economy: economy.average.value,
    distance: totals.distance.value,
    fuel: totals.fuelCost,
    maintenance: totals.maintenanceCost,
  }
}

const LITERS_PER_GALLON = 3.785411784
const roundTo = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places

const GROWN_FUELLY = `${readFixture('fuelly.csv').toString()}Gas,,3/29/2026,8:00 AM,Camry,50660,Full,3.500,10.000,35.00,87,,,,,,,\n`

describe('a file of another program', () => {
  /* Each figure is computed here from the numbers in the file, as a person would. */
  it.each([
    {
      name: 'fuelio.csv',
      options: {},
      metric: false,
      format: 'fuelio',
      counts: { rows: 6, added: 4, refused: 2, fuel: 3, maintenance: 1 },
      figures: {
        economy: roundTo((12_600 - 12_000) / ((40 + 45) / LITERS_PER_GALLON), 2),
        distance: 12_600 - 12_000,
        fuel: 43.5 + 58 + 65.25,
        maintenance: 79.5,
      },
    },
    {
      name: 'fuelly.csv', // The service is 40 miles after the last fill.
      options: {},
      metric: false,
      format: 'fuelly',
      counts: { rows: 4, added: 4, refused: 0, fuel: 3, maintenance: 1 },
      figures: {
        economy: (50_360 - 50_000) / (5 + 7),
        distance: 50_400 - 50_000,
        fuel: 35 + 18 + 25.2,
        maintenance: 89.95,
      },
    },
    {
      name: 'drivvo.csv',
      options: {},
      metric: true,
      format: 'drivvo',
      counts: { rows: 5, added: 4, refused: 1, fuel: 3, maintenance: 1 },
      figures: {
        economy: roundTo(((40 + 30) / (12_900 - 12_000)) * 100, 2),
        distance: 12_900 - 12_000,
        fuel: roundTo(235.96 + 239.96 + 180, 2),
        maintenance: 350,
      },
    },
    {
      name: 'lubelogger-gas.csv', // A missed fill before the third ends the measurement.
      options: {},
      metric: false,
      format: 'lubelogger',
      counts: { rows: 4, added: 4, refused: 0, fuel: 4, maintenance: 0 },
      figures: {
        economy: (20_320 - 20_000 + (21_360 - 21_000)) / (8 + 9),
        distance: 21_360 - 20_000,
        fuel: 32.5 + 28 + 31.05 + 30.6,
        maintenance: 0,
      },
    },
    {
      name: 'table.csv',
      options: { mapping: '{"date":"Tag","amount":"Getankt"}', dateOrder: 'dmy' },
      metric: true,
      format: 'csv',
      counts: { rows: 3, added: 3, refused: 0, fuel: 3, maintenance: 0 },
      figures: {
        economy: roundTo(((40 + 30) / (100_900 - 100_000)) * 100, 2),
        distance: 100_900 - 100_000,
        fuel: roundTo(72 + 70.8 + 54.15, 2),
        maintenance: 0,
      },
    },
  ])('$name adds what a person would compute, and nothing the second time', async (file) => {
    const owner = file.metric ? german : american
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const about = { api: owner.api, to: id }
    const bytes = readFixture(file.name)
    const preview = await importFile(bytes, { ...file.options, dryRun: true }, about)
    expect(preview.detected.format).toBe(file.format)
    expect(preview.counts).toMatchObject(file.counts)
    const { rows } = await forecourt.sql('select 1 from fuel_logs where vehicle_id = $1', [id])
    expect(rows).toEqual([])
    const first = await importFile(bytes, file.options, about)
    expect(first.counts).toEqual(preview.counts)
    expect(first.rows).toEqual(preview.rows)
    expect(await readStats(owner.api, id)).toEqual(file.figures)
    const second = await importFile(bytes, file.options, about)
    expect(second.counts).toMatchObject({ added: 0, known: file.counts.added })
    expect(await readStats(owner.api, id)).toEqual(file.figures)
  })

  it('adds only its new rows when it has grown, and never changes the others', async () => {
    await importFile(readFixture('fuelly.csv'))
    const { rows } = await forecourt.sql(
      `update fuel_logs set odometer = 50121, notes = 'mine' where vehicle_id = $1
        and odometer = 50120 returning id`,
      [vehicle],
    )
    const grown = await importFile(GROWN_FUELLY)
    expect(grown.counts).toMatchObject({ rows: 5, added: 1, known: 4 })
    const id = String((rows[0] as { id: string }).id)
    const { body } = await american.api.get(`/api/fuel-logs/${id}`).expect(200)
    expect(body).toMatchObject({ odometer: 50_121, notes: 'mine' })
  })

  const FUELIO_FILL = '"2026-03-20 18:05"'
  const GROWN = [
    {
      name: 'fuelio.csv',
      options: {},
      grow: (text: string) =>
        text.replace(
          FUELIO_FILL,
          `"2026-03-28 18:05","12900.0","42.0","1","60.9","","","","York","","0","1","110"\r\n` +
            FUELIO_FILL,
        ),
    },
    {
      name: 'drivvo.csv',
      options: { distanceUnit: 'km', volumeUnit: 'l' },
      grow: (text: string) =>
        text.replace(
          '#Service',
          '13300,2026-03-15 09:10:00,Gasoline,6.000,180.00,30.00,Yes\n#Service',
        ),
    },
    {
      name: 'lubelogger-gas.csv',
      options: {},
      grow: (text: string) => `${text}\n2026-03-02,21700,10,33.00,0,True,False,,`,
    },
    {
      name: 'table.csv',
      options: {
        mapping: '{"date":"Tag","amount":"Getankt"}',
        dateOrder: 'dmy',
        distanceUnit: 'km',
        volumeUnit: 'l',
      },
      grow: (text: string) => `${text}10.04.2026;101.400;35,00;63,00;`,
    },
  ]

  it.each(GROWN)(
    '$name is the same file with a byte order mark and without the last line break, and grows',
    async ({ name, options, grow }) => {
      const text = readFixture(name)
        .toString()
        .replace(/^\ufeff/, '')
      const { api, subject } = await forecourt.asOwner()
      const about = { api, to: (await saveVehicle(forecourt.payload, subject)).id }
      const { counts } = await importFile(text, options, about)
      const other = await importFile(`\ufeff${text.trimEnd()}`, options, about)
      expect(other.counts).toMatchObject({ added: 0, known: counts['added'] })
      const grown = await importFile(grow(text), options, about)
      expect(grown.counts).toMatchObject({ added: 1, known: counts['added'] })
    },
  )

  it('adds nothing that was entered by hand', async () => {
    const log = { dateTime: '2026-03-01T13:00:00Z', odometer: 50_000, fuelUnits: 10 }
    await american.api.post('/api/fuel-logs').send(aFuelLog(vehicle, log)).expect(201)
    expect((await importFile(readFixture('fuelly.csv'))).counts).toMatchObject({
      added: 3,
      known: 1,
    })
  })

  it('keeps the texts of its rows, and says why others are refused', async () => {
    const result = await importFile(readFixture('fuelio.csv'))
    expect(result.rows[0]).toMatchObject({
      line: 6,
      values: {
        dateTime: '2026-03-20T22:05:00.000Z',
        notes: 'motorway,\nall the way',
        locationData: 'Leeds',
      },
    })
    expect(result.unknownWords).toEqual(['Parking'])
    expect(result.refused).toEqual([
      { line: 17, reasons: [expect.stringContaining('"Parking" is not in the catalog')] },
      { line: 18, reasons: [expect.stringContaining('template')] },
    ])
  })

  it('has services with categories that a person chooses', async () => {
    const services = readFixture('lubelogger-service.csv')
    expect((await importFile(services)).unknownWords).toEqual(['Left mirror'])
    const chosen = await importFile(services, { categories: '{"left mirror":"Repair"}' })
    expect(chosen.rows[0]?.values).toMatchObject({
      category: 'Repair',
      subtypes: null,
      cost: 120,
      notes: 'Left mirror\nbroken, replaced\nTags: body',
    })
    const skipped = await importFile(services, { categories: '{"left mirror":null}' })
    expect(skipped.counts).toMatchObject({ added: 0, known: 1, refused: 1 })
  })

  it('moves the schedules and the odometer of its vehicle', async () => {
    const due = { category: 'Routine maintenance', subtypes: ['Oil change'], intervalMiles: 5_000 }
    const { body } = await american.api
      .post('/api/maintenance-schedules')
      .send({ vehicle, ...due, lastServiceMileage: 40_000 })
      .expect(201)
    await importFile(readFixture('fuelly.csv'))
    const schedule = await american.api.get(`/api/maintenance-schedules/${body.doc.id}`)
    expect(schedule.body).toMatchObject({ lastServiceMileage: 50_400, nextDueMileage: 55_400 })
    const { body: stored } = await american.api.get(`/api/vehicles/${vehicle}`)
    expect(stored).toMatchObject({ odometerReading: 50_400 })
  })
})

describe('what can be read in two ways', () => {
  it('is asked, and nothing is imported before the answer', async () => {
    const file = readFixture('fuelly-ambiguous.csv')
    const preview = await importFile(file, { dryRun: true })
    expect(preview.questions).toMatchObject([
      { option: 'dateOrder', choices: [{ value: 'dmy' }, { value: 'mdy' }] },
    ])
    expect(preview.counts).toMatchObject({ added: 0 })
    expect(await refuse(file)).toContain('Send dateOrder in the URL, one of dmy, mdy.')
    const answered = await importFile(file, { dateOrder: 'dmy' })
    expect(answered.rows.map(({ values }) => values['dateTime'])).toEqual([
      '2026-01-03T13:00:00.000Z',
      '2026-02-04T13:15:00.000Z',
    ])
  })

  it('is asked about decimals, too', async () => {
    const file = 'Date,Odometer,Litres,Cost\n2026-01-01,"12,345","40,123","60,999"\n'
    const preview = await importFile(file, { dryRun: true })
    expect(preview.questions.map(({ option }) => option)).toEqual(['decimal'])
    const answered = await importFile(file, { decimal: 'point', dryRun: true })
    expect(answered.rows[0]?.values).toMatchObject({ odometer: 12_345, totalCost: 60_999 })
  })

  it('is asked about the columns of a table', async () => {
    const file = 'When,How far,How much\n2026-01-01,100,10\n'
    const { questions } = await importFile(file, { dryRun: true })
    expect(questions.map(({ option }) => option)).toEqual([
      'mapping.date',
      'mapping.odometer',
      'mapping.amount',
    ])
    const mapping = '{"date":"When","odometer":"How far","amount":"How much"}'
    const { rows, warnings } = await importFile(file, { mapping })
    expect(rows).toHaveLength(1)
    expect(warnings).toMatchObject([{ line: 2, message: expect.stringContaining('cost is 0') }])
    expect(await refuse(file, { mapping: '{"date":"Then"}' })).toContain('no column "Then"')
  })

  it('shows the units that it takes from the owner, which a person can correct', async () => {
    const file = 'Date,Odometer,Fuel,Cost\n2026-01-01,1000,40,60\n'
    const preview = await importFile(file, { dryRun: true })
    expect(preview.detected).toMatchObject({
      distanceUnit: { value: 'mi', source: 'owner' },
      volumeUnit: { value: 'gal_us', source: 'owner' },
    })
    const metric = { dryRun: true, distanceUnit: 'km', volumeUnit: 'l' }
    const [row] = (await importFile(file, metric)).rows
    expect(row?.values).toMatchObject({ odometer: 621.371, fuelUnits: 10.567, totalCost: 60 })
  })
})

describe('a reading that does not fit', () => {
  it('is refused, unless the owner confirms it', async () => {
    const log = { dateTime: '2026-03-10T13:00:00Z', odometer: 90_000 }
    await american.api.post('/api/fuel-logs').send(aFuelLog(vehicle, log)).expect(201)
    const { counts, refused } = await importFile(readFixture('fuelly.csv'))
    expect(counts).toMatchObject({ added: 0, refused: 4 })
    expect(refused[0]?.reasons[0]).toContain('does not fit before 90000 miles in the fuel log')
    const confirmed = await importFile(readFixture('fuelly.csv'), { confirmOdometer: true })
    expect(confirmed.counts).toMatchObject({ added: 4, refused: 0 })
  })
})

describe('a file that cannot be read', () => {
  const UTF16 = Buffer.from('\ufeffDate,Odometer\n', 'utf16le')

  it.each<[string, Buffer | string, string]>([
    ['in Latin-1', Buffer.from('Date,Odometer\n2026-01-01,K\xf6ln', 'latin1'), 'not UTF-8'],
    ['in UTF-16', UTF16, 'UTF-16'],
    ['without rows', '\n\n', 'is empty'],
    ['with an open quote', 'Date,Odometer\n"2026-01-01,5', 'quote that is not closed'],
  ])('%s is refused with the way out', async (_, file, message) =>
    expect(await refuse(file)).toContain(message),
  )

  it('is refused in another type or with unknown options', async () => {
    const send = (type: string, body: string) =>
      american.api.post(`/api/vehicles/${vehicle}/import`).set('content-type', type).send(body)
    await send('application/json', '{}').expect(415)
    await send('text/csv', '').expect(400)
    await send('multipart/form-data; boundary=x', '--y').expect(400)
    expect(await refuse('a', { dateOrder: 'ydm' })).toContain('dateOrder in the URL')
    expect(await refuse('a', { mapping: '[' })).toContain('must be a JSON object')
  })

  it('is refused when it is too large', async () => {
    expect(await refuse('x'.repeat(6_500_000), {}, 413)).toContain('too large')
    expect(await refuse('a,b\n'.repeat(20_001))).toContain('the limit is 20000')
  })
})

describe('a form', () => {
  it('has the file in its part "file", and nothing else', async () => {
    const send = () => american.api.post(`/api/vehicles/${vehicle}/import`)
    const { body } = await send().attach('file', readFixture('fuelly.csv'), 'fuelly.csv')
    expect((body as Result).counts).toMatchObject({ added: 4 })
    const file = readFixture('fuelly.csv')
    await send().attach('file', file, 'a.csv').field('dryRun', 'true').expect(400)
    await send().field('file', 'text').expect(400)
    await send().attach('other', file, 'a.csv').expect(400)
  })
})

describe('an import', () => {
  it('is for who may add logs to the vehicle, and audited for admins', async () => {
    const file = readFixture('fuelly.csv')
    await post(forecourt.anonymous, vehicle, file).expect(403)
    await post(german.api, vehicle, file).expect(404)
    await post(await forecourt.as('manager'), vehicle, file).expect(403)
    const admin = await forecourt.as('admin')
    expect((await importFile(file, {}, { api: admin, to: vehicle })).counts['added']).toBe(4)
    const { rows } = await forecourt.sql(
      `select context from admin_audit_logs where action = 'import' and resource_id = $1`,
      [vehicle],
    )
    expect(rows).toEqual([
      { context: { owner: american.subject, fields: { importedRows: { from: null, to: 4 } } } },
    ])
    const { rows: owners } = await forecourt.sql(
      'select distinct user_id from fuel_logs where vehicle_id = $1',
      [vehicle],
    )
    expect(owners).toEqual([{ user_id: american.subject }])
  })

  it('of the same file at the same time adds its rows once', async () => {
    const send = () => post(american.api, vehicle, readFixture('fuelly.csv')).expect(200)
    const results = await Promise.all([send(), send(), send()])
    const added = results.map(({ body }) => (body as Result).counts['added'])
    expect(added.reduce((sum = 0, count = 0) => sum + count, 0)).toBe(4)
  })

  it('stores what the same row sent to the API stores', async () => {
    const { id } = await saveVehicle(forecourt.payload, german.subject)
    const file =
      'Date,Odometer (km),Liters,Price,Cost\n2026-03-01 10:30,100000.4,41.37,1.799,74.42\n'
    const [row] = (await importFile(file, {}, { api: german.api, to: id })).rows
    const { id: other } = await saveVehicle(forecourt.payload, german.subject)
    const sent = { odometer: 100_000.4, fuelUnits: 41.37, costPerUnit: 1.799, totalCost: 74.42 }
    const units = { distanceUnit: 'km', volumeUnit: 'l', dateTime: '2026-03-01T09:30:00.000Z' }
    const { body } = await german.api
      .post('/api/fuel-logs')
      .send({ vehicle: other, ...sent, ...units })
      .expect(201)
    const { odometer, fuelUnits, costPerUnit, totalCost, dateTime } = body.doc
    expect(row?.values).toMatchObject({ odometer, fuelUnits, costPerUnit, totalCost, dateTime })
  })
})

describe('our own export', () => {
  it('is read back to the same rows, formulas included', async () => {
    await importFile(readFixture('fuelio.csv'))
    const notes = '=HYPERLINK("http://evil.example")\n\'quoted\''
    await american.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { dateTime: '2026-04-01T10:00:00Z', odometer: 12_900, notes }))
    await american.api
      .post('/api/maintenance-schedules')
      .send({ vehicle, category: 'Inspection', intervalMonths: 12, nextDueDate: '2027-01-01' })
      .expect(201)
    const insurance = { kind: 'insurance', title: '=Acme', amount: 612.34, intervalMonths: 6 }
    await american.api
      .post('/api/ownership-costs')
      .send({ vehicle, ...insurance, startDate: '2026-01-01', endDate: '2026-12-31' })
      .expect(201)
    const exported = await american.api.get(`/api/vehicles/${vehicle}/export?format=csv`)
    expect(exported.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(exported.headers['content-disposition']).toContain('attachment')
    expect(exported.text).toContain(`"'=HYPERLINK`)
    const { id } = await saveVehicle(forecourt.payload, american.subject)
    const about = { api: american.api, to: id }
    const { counts, refused } = await importFile(exported.text, {}, about)
    expect({ counts, refused }).toMatchObject({
      counts: { added: 7, fuel: 4, maintenance: 1, schedules: 1, ownershipCosts: 1 },
      refused: [],
    })
    const again = await american.api.get(`/api/vehicles/${id}/export?format=csv`)
    expect(again.text).toBe(exported.text)
    expect((await importFile(exported.text)).counts).toMatchObject({ added: 0, known: 7 })
    const tables = ['fuel_logs', 'maintenance_logs', 'maintenance_schedules', 'ownership_costs']
    for (const table of tables) {
      const own = new Set(['id', 'vehicle_id', 'created_at', 'updated_at', 'import_fingerprint'])
      const load = async (of: string) => {
        const { rows } = await forecourt.sql(`select * from ${table} where vehicle_id = $1`, [of])
        return (rows as Record<string, unknown>[])
          .map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !own.has(name))))
          .toSorted()
      }
      expect([table, await load(id)]).toEqual([table, await load(vehicle)])
    }
  })
})
