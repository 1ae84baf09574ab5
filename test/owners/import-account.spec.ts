import { randomUUID } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { buffer } from 'node:stream/consumers'
import {
  exportArchive,
  packArchive as pack,
  sendArchive,
  withEntries,
  withRows,
} from '../support/archives.ts'
import { aFuelLog, anyVin } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPdf } from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'
import { getService } from '../../src/services.ts'

let forecourt: TestForecourt
let ann: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  ann = await forecourt.asOwner()
  vehicle = await fillGarage(ann)
})

type Doc = { doc: { id: string } }
const create = async ({ api }: Owner, slug: string, row: object): Promise<string> => {
  const { body } = await api.post(`/api/${slug}`).send(row).expect(201)
  return (body as Doc).doc.id
}

/** A vehicle with a reading of its own, a log of each kind, a schedule and two documents. */
async function fillGarage(owner: Owner): Promise<string> {
  await owner.api.post('/api/onboarding/preferences').send({ unitSystem: 'metric' }).expect(200)
  const about = { vin: anyVin(), year: 2021, make: 'Honda', model: 'Accord', nickname: '=Camry' }
  const rest = { trim: 'EX', engine: '1.5', transmission: 'CVT', color: 'blue' }
  const id = await create(owner, 'vehicles', { ...about, ...rest, odometerReading: 32_000 })
  await create(owner, 'fuel-logs', aFuelLog(id, { notes: 'a, "b"\nc', fuelType: 'gasoline' }))
  const oil = { vehicle: id, category: 'Routine maintenance', subtypes: ['Oil change'] }
  await create(owner, 'maintenance-logs', { ...oil, serviceDate: '2026-03-05', odometer: 31_100 })
  await create(owner, 'maintenance-schedules', { ...oil, intervalMonths: 6, intervalMiles: 5_000 })
  const cost = { vehicle: id, kind: 'insurance', title: 'Acme', amount: 612.34 }
  await create(owner, 'ownership-costs', { ...cost, intervalMonths: 6, startDate: '2026-01-01' })
  const policy = { vehicle: id, title: 'Policy', documentType: 'insurance' }
  await create(owner, 'documents', { ...policy, details: { policyNumber: '12' } })
  const gone = await create(owner, 'documents', { ...policy, title: 'Old policy' })
  await owner.api.delete(`/api/documents/${gone}`).expect(200)
  return id
}

type Table = { added: number; known: number; skipped: number; refused: object[] }
type Answer = { message: string; tables: Record<string, Table>; files: object }

async function importArchive(owner: Owner, bytes: Buffer, mode = 'merge') {
  const { body } = await sendArchive(owner, bytes, { mode }).expect(200)
  const { tables, ...answer } = body as Answer
  const count = (name: keyof Table) =>
    Object.fromEntries(
      Object.entries(tables).flatMap(([table, counts]) => {
        const value = counts[name]
        const number = typeof value === 'number' ? value : value.length
        return number > 0 ? [[table, number]] : []
      }),
    )
  return { ...answer, added: count('added'), known: count('known'), refused: count('refused') }
}

async function refuse(bytes: Buffer): Promise<string> {
  const { body } = await sendArchive(ann, bytes).expect(400)
  return (body as { errors: { message: string }[] }).errors[0]?.message ?? ''
}

/** The rows of an owner without what names their places: keys, times and fingerprints. */
async function readRows(owner: Owner) {
  const own = ['id', 'user_id', 'vehicle_id', 'created_at', 'updated_at', 'import_fingerprint']
  const moved = ['deleted_at', 'storage_key']
  const tables = [
    'vehicles',
    'fuel_logs',
    'maintenance_logs',
    'maintenance_schedules',
    'ownership_costs',
    'documents',
  ]
  const found = tables.map(async (table) => {
    const { rows } = await forecourt.sql(`select * from ${table} where user_id = $1`, [
      owner.subject,
    ])
    const texts = (rows as Record<string, unknown>[]).map((row) =>
      JSON.stringify([
        ...Object.entries(row).filter(([name]) => ![...own, ...moved].includes(name)),
        moved.map((name) => row[name] === null || row[name] === undefined),
      ]),
    )
    return [table, texts.toSorted()] as const
  })
  return Object.fromEntries(await Promise.all(found))
}

const HISTORY = {
  'fuel-logs': 1,
  'maintenance-logs': 1,
  'maintenance-schedules': 1,
  'ownership-costs': 1,
}

describe('the export of an account', () => {
  it('is read back to the same rows and files by another account, once', async () => {
    const { owners } = getService(forecourt.payload, 'storages')
    const key = randomUUID()
    const policy = await createPdf()
    await owners.put(`files/${key}`, policy)
    await forecourt.sql(
      `update documents set storage_bucket = 'files', storage_key = $2, file_name = 'Police für 車.pdf',
        content_type = 'application/pdf', file_size = $3,
        file_hash = encode(sha256($4), 'hex')
       where vehicle_id = $1 and title = 'Policy'`,
      [vehicle, key, policy.length, policy],
    )
    const archive = await exportArchive(ann)
    const bob = await forecourt.asOwner()
    const preview = await importArchive(bob, archive, 'preview')
    expect(preview.added).toEqual({ 'user-preferences': 1, vehicles: 1, documents: 2, ...HISTORY })
    expect(await readRows(bob)).toMatchObject({ vehicles: [], fuel_logs: [], documents: [] })
    const first = await importArchive(bob, archive)
    expect(first).toMatchObject({ added: preview.added, refused: {}, files: { added: 1 } })
    expect(await readRows(bob)).toEqual(await readRows(ann))
    const { rows } = await forecourt.sql(
      'select storage_key as key from documents where user_id = $1 and storage_key is not null',
      [bob.subject],
    )
    const stored = await owners.open(`files/${String((rows[0] as { key: string }).key)}`)
    expect(stored && (await buffer(stored.stream)).equals(policy)).toBe(true)
    const again = await importArchive(bob, archive)
    expect(again).toMatchObject({ added: {}, files: { added: 0, known: 1 } })
    expect(again.known).toEqual({ 'user-preferences': 1, vehicles: 1, documents: 2, ...HISTORY })
  })

  it('adds nothing twice of vehicles without a VIN, nor of documents that are equal', async () => {
    const plate = { licensePlate: 'ABC 123', year: 2021, make: 'Honda', model: 'Accord' }
    const id = await create(ann, 'vehicles', plate)
    await create(ann, 'fuel-logs', aFuelLog(id))
    for (const name of ['front.pdf', 'back.pdf']) {
      const receipt = { vehicle: id, title: 'Receipt', documentType: 'insurance' }
      const document = await create(ann, 'documents', receipt)
      const pdf = await createPdf(name)
      const { api } = ann
      const request = api.post(`/api/documents/${document}/files`).query({ name })
      await request.set('content-type', 'application/pdf').send(pdf).expect(201)
    }
    const archive = await exportArchive(ann)
    const bob = await forecourt.asOwner()
    expect((await importArchive(bob, archive)).files).toMatchObject({ added: 2 })
    for (const owner of [ann, bob]) {
      const again = await importArchive(owner, archive)
      expect(again).toMatchObject({ added: {}, files: { added: 0, known: 2 } })
    }
  })

  it('moves on after a replacement, with a vehicle in the trash that has the same VIN', async () => {
    await importArchive(ann, await exportArchive(ann), 'replace')
    const archive = await exportArchive(ann)
    const bob = await forecourt.asOwner()
    expect((await importArchive(bob, archive)).added).toMatchObject({ vehicles: 2 })
    expect((await importArchive(bob, archive)).added).toEqual({})
  })

  it('may have a table with any name', async () => {
    const bytes = Buffer.from('[{"id":1}]')
    const archive = await withEntries(await exportArchive(ann), { 'constructor.json': bytes })
    const { body } = await sendArchive(ann, archive, { mode: 'preview' }).expect(200)
    expect((body as Answer).tables['constructor']).toMatchObject({ rows: 1, skipped: 1 })
    expect(Object).not.toHaveProperty('skipped')
  })

  it('adds nothing to the account that it comes from, until rows are missing there', async () => {
    const archive = await exportArchive(ann)
    expect((await importArchive(ann, archive)).added).toEqual({})
    const before = await readRows(ann)
    await forecourt.sql('delete from fuel_logs where vehicle_id = $1', [vehicle])
    expect((await importArchive(ann, archive)).added).toEqual({ 'fuel-logs': 1 })
    expect(await readRows(ann)).toEqual(before)
  })

  it('replaces what is there by moving it to the trash', async () => {
    const archive = await exportArchive(ann)
    const before = await readRows(ann)
    await ann.api.patch(`/api/vehicles/${vehicle}`).send({ nickname: 'Changed' }).expect(200)
    const { added } = await importArchive(ann, archive, 'replace')
    expect(added).toMatchObject({ vehicles: 1, ...HISTORY })
    const { body } = await ann.api.get('/api/vehicles').expect(200)
    expect((body as { docs: object[] }).docs).toMatchObject([{ nickname: '=Camry' }])
    await ann.api.get(`/api/vehicles/${vehicle}`).expect(404)
    const { rows } = await forecourt.sql(
      'select nickname from vehicles where id = $1 and deleted_at is not null',
      [vehicle],
    )
    expect(rows).toEqual([{ nickname: 'Changed' }])
    expect((await readRows(ann))['fuel_logs']).toEqual([
      ...(before['fuel_logs'] ?? []),
      ...(before['fuel_logs'] ?? []),
    ])
  })

  it('is refused as a whole if a row breaks a rule, and nothing is lost', async () => {
    const archive = await withRows(await exportArchive(ann), 'vehicles', (rows) =>
      rows.map((row) => ({ ...row, vin: anyVin(), year: 1066 })),
    )
    const before = await readRows(ann)
    const { body } = await sendArchive(ann, archive, { mode: 'replace' }).expect(400)
    expect(JSON.stringify(body)).toContain('Nothing was imported')
    expect(await readRows(ann)).toEqual(before)
  })

  it('refuses logs that break a rule one by one, and cannot take what is not theirs', async () => {
    const stranger = await forecourt.asOwner()
    const theirs = await fillGarage(stranger)
    const archive = await withRows(await exportArchive(ann), 'fuel-logs', ([row]) => [
      { ...row, id: randomUUID(), fuelUnits: -1 },
      { ...row, id: randomUUID(), vehicle: theirs, userId: stranger.subject },
    ])
    const { refused } = await importArchive(ann, archive)
    expect(refused).toEqual({ 'fuel-logs': 2 })
    const { rows } = await forecourt.sql('select 1 from fuel_logs where vehicle_id = $1', [theirs])
    expect(rows).toHaveLength(1)
  })

  it('is for owners who may have rows', async () => {
    const archive = await exportArchive(ann)
    const path = '/api/me/import?mode=preview'
    const zip = 'application/zip'
    await forecourt.anonymous.post(path).set('content-type', zip).send(archive).expect(401)
    const admin = await forecourt.as('admin')
    await admin.post(path).set('content-type', zip).send(archive).expect(403)
    await ann.api.post('/api/me/import').set('content-type', zip).send(archive).expect(400)
    await ann.api.post(path).send({}).expect(415)
  })
})

const ABOUT = { 'about.json': Buffer.from('{}') }

/** Changes bytes of an archive in place: a name as it is in its headers. */
function rename(archive: Buffer, from: string, to: string): Buffer {
  const text = archive.toString('latin1').replaceAll(from, to)
  return Buffer.from(text, 'latin1')
}

/** An archive whose entries are all the same bytes. */
function overlap(count: number): Buffer {
  const data = deflateRawSync(Buffer.alloc(900_000))
  const header = (name: string, signature: number, extra: number[]) => {
    const bytes = Buffer.alloc(signature === 0x04034b50 ? 30 : 46)
    const shift = signature === 0x04034b50 ? 0 : 2
    bytes.writeUInt32LE(signature, 0)
    bytes.writeUInt16LE(20, 4 + shift)
    bytes.writeUInt16LE(8, 8 + shift)
    bytes.writeUInt32LE(data.length, 18 + shift)
    bytes.writeUInt32LE(900_000, 22 + shift)
    bytes.writeUInt16LE(name.length, 26 + shift)
    for (const [index, value] of extra.entries()) bytes.writeUInt32LE(value, 38 + 4 * index)
    return Buffer.concat([bytes, Buffer.from(name)])
  }
  const local = Buffer.concat([header('a.json', 0x04034b50, []), data])
  const names = ['about.json', ...Array.from({ length: count }, (_, index) => `t-${index}.json`)]
  const directory = Buffer.concat(names.map((name) => header(name, 0x02014b50, [0, 0])))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, directory, end])
}

describe('an archive that is not an export', () => {
  const LINK = { mode: 0o120777 }

  it.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ['that is not a ZIP', () => Buffer.from('hello'), 'is not a ZIP file'],
    ['that was cut off', async () => (await pack(ABOUT)).subarray(0, 40), 'is not a ZIP file'],
    ['of something else', () => pack({ 'a.txt': Buffer.from('a') }), 'has no about.json'],
    [
      'that leads out of it',
      async () => rename(await pack({ ...ABOUT, 'xx/a': Buffer.from('a') }), 'xx/a', '../a'),
      'Nothing was imported',
    ],
    [
      'with an absolute path',
      async () => rename(await pack({ ...ABOUT, 'xx/a': Buffer.from('a') }), 'xx/a', '/x/a'),
      'Nothing was imported',
    ],
    [
      'with a name twice',
      async () =>
        rename(
          await pack({ ...ABOUT, 'x.json': ABOUT['about.json'], 'y.json': ABOUT['about.json'] }),
          'y.json',
          'x.json',
        ),
      'two entries named "x.json"',
    ],
    ['with a link', () => pack({ ...ABOUT, 'files/a/b': Buffer.from('/etc') }, LINK), 'is a link'],
    [
      'that expands',
      () => pack({ ...ABOUT, 'vehicles.json': Buffer.alloc(30_000_000, 32) }),
      'expands more than 100 times',
    ],
    ['whose entries overlap', () => overlap(30), 'overlaps another one'],
    [
      'with too many entries',
      () => {
        const many = Array.from({ length: 10_001 }, (_, index) => [
          `files/a/${index}`,
          Buffer.alloc(0),
        ])
        const entries = Object.fromEntries(many) as Record<string, Buffer>
        return pack({ ...ABOUT, ...entries }, { compress: false })
      },
      'the limit is 10000',
    ],
    [
      'with a table that is not one',
      () => pack({ ...ABOUT, 'vehicles.json': Buffer.from('{"a":1}') }),
      'which is not a JSON list of rows',
    ],
  ])('%s is refused', async (_, build, message) =>
    expect(await refuse(await build())).toContain(message),
  )
})
