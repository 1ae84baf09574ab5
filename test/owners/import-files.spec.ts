import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import type { Engine } from '../../jobs/engine/engine.ts'
import {
  type ArchivedRow,
  exportArchive,
  readTable,
  sendArchive,
  withEntries,
  withRows,
} from '../support/archives.ts'
import { aFuelLog, anyVin } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import { createPicture } from '../support/http-photos.ts'
import {
  createImages,
  createPdf,
  createZip,
  download,
  fileOf,
  listLeftovers,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'
import { unzip } from '../support/unzip.ts'
import { queueJob, startEngine, waitForRun } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let s3: S3Peer
let ann: Owner
let bob: Owner
let garage: Awaited<ReturnType<typeof fillGarage>>
let archive: Buffer
beforeAll(async () => {
  s3 = await openS3Peer()
  forecourt = await openForecourt(s3.settings)
  engine = await startEngine(forecourt)
  ann = await forecourt.asOwner()
  garage = await fillGarage(ann)
  archive = await exportArchive(ann)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
  await s3.close()
})
beforeEach(async () => {
  bob = await forecourt.asOwner()
})
afterEach(() => s3.resume())

const create = async ({ api }: Owner, slug: string, row: object): Promise<string> => {
  const { body } = await api.post(`/api/${slug}`).send(row).expect(201)
  return (body as { doc: { id: string } }).doc.id
}
const attach = async ({ api }: Owner, row: string, bytes: Buffer, name: string) =>
  fileOf(await uploadFile(api, row, bytes, name).expect(201))

/** A vehicle with a photo, and files of every type at every kind of row, in the trash as well. */
async function fillGarage(owner: Owner) {
  const images = await createImages()
  const units = { unitSystem: 'metric', currencyCode: 'EUR', timeZone: 'Europe/Berlin' }
  await owner.api.post('/api/onboarding/preferences').send(units).expect(200)
  const about = { year: 2021, make: 'Honda', model: 'Accord', nickname: 'Ладушка' }
  const vehicle = await create(owner, 'vehicles', { ...about, vin: anyVin() })
  const fuel = await create(owner, 'fuel-logs', aFuelLog(vehicle, { fuelType: 'gasoline' }))
  const oil = { vehicle, category: 'Routine maintenance', subtypes: ['Oil change'] }
  const service = await create(owner, 'maintenance-logs', { ...oil, serviceDate: '2026-03-05' })
  await create(owner, 'maintenance-schedules', { ...oil, intervalMonths: 6 })
  const cost = { vehicle, kind: 'insurance', amount: 612.34, intervalMonths: 6 }
  await create(owner, 'ownership-costs', { ...cost, title: 'Acme', startDate: '2026-01-01' })
  const tax = { vehicle, kind: 'tax', amount: 80, intervalMonths: 12, startDate: '2025-01-01' }
  await create(owner, 'ownership-costs', { ...tax, endDate: '2025-12-31', notes: 'a\nb' })
  const details = { policyNumber: '12', insurer: 'Acme', other: { kept: [1] } }
  const policy = { vehicle, title: 'Policy', documentType: 'insurance', details }
  const document = await create(owner, 'documents', policy)
  await attach(owner, `documents/${document}`, await createPdf(), 'رخصة.pdf')
  await attach(owner, `documents/${document}`, createHeic(), '車検証.heic')
  await attach(owner, `documents/${document}`, images['image/jpeg'], 'photo.jpg')
  await attach(owner, `documents/${document}`, images['image/jpeg'], 'another.jpg')
  await attach(owner, `fuel-logs/${fuel}`, images['image/png'], 'receipt.png')
  await attach(owner, `maintenance-logs/${service}`, images['image/webp'], 'bill.webp')
  const photo = `/api/vehicles/${vehicle}/image`
  await sendRaw(owner.api, photo, images['image/jpeg'], { method: 'put' }).expect(200)
  const old = await create(owner, 'documents', { ...policy, title: 'Old policy' })
  await attach(owner, `documents/${old}`, await createPdf('Old'), 'old.pdf')
  await owner.api.delete(`/api/documents/${old}`).expect(200)
  const sold = await create(owner, 'vehicles', { ...about, vin: anyVin(), nickname: 'Sold' })
  const manual = { vehicle: sold, title: 'Manual', documentType: 'manual' }
  await attach(
    owner,
    `documents/${await create(owner, 'documents', manual)}`,
    images['image/webp'],
    'manual.webp',
  )
  await owner.api.delete(`/api/vehicles/${sold}`).expect(200)
  return { vehicle, document }
}

/** How many rows and files the archive has. */
const ROWS = {
  'user-preferences': 1,
  vehicles: 2,
  'fuel-logs': 1,
  'maintenance-logs': 1,
  'maintenance-schedules': 1,
  'ownership-costs': 2,
  documents: 3,
}
const FILES = 9

type Answer = {
  tables: Record<string, { added: number; known: number; refused: object[] }>
  files: { added: number; known: number; skipped: number; refused: { file: string }[] }
}

async function importArchive(owner: Owner, bytes: Buffer, query: object = { mode: 'merge' }) {
  const { body } = await sendArchive(owner, bytes, query).expect(200)
  const { files, tables } = body as Answer
  const added = Object.entries(tables).filter(([, table]) => table.added > 0)
  expect(Object.values(tables).flatMap(({ refused }) => refused)).toEqual([])
  return { files, added: Object.fromEntries(added.map(([name, table]) => [name, table.added])) }
}

const REFERENCES = ['vehicle', 'document', 'fuelLog', 'maintenanceLog', 'station']
const TIMES = ['createdAt', 'updatedAt']

/**
 * What an archive contains, without the IDs of its rows and when they were saved: a reference is
 * described by the row that it leads to.
 */
function describeArchive(bytes: Buffer): Record<string, string[]> {
  const entries = unzip(bytes)
  const tables = [...Object.keys(ROWS), 'attached-files']
  const rows = new Map(
    tables.flatMap((table) => readTable(bytes, table).map((row) => [String(row['id']), row])),
  )
  const describe = (row: ArchivedRow): object =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => !['id', 'userId', ...TIMES].includes(name))
        .map(([name, value]) => {
          if (name === 'deletedAt') return [name, value !== null && value !== undefined]
          const target = REFERENCES.includes(name) ? rows.get(String(value)) : undefined
          return [name, target ? describe(target) : value]
        }),
    )
  const described = tables.map((table) => [
    table,
    readTable(bytes, table)
      .map((row) => JSON.stringify(describe(row)))
      .toSorted(),
  ])
  const files = [...entries.keys()].flatMap((name) => {
    const [, id = '', own] = /^files\/([^/]+)\/(.+)$/.exec(name) ?? []
    const about = JSON.stringify(describe(rows.get(id) ?? {}))
    return own ? [`${own} ${entries.get(name)?.toString('base64')} ${about}`] : []
  })
  return { ...Object.fromEntries(described), files: files.toSorted() }
}

const listStored = async () => (await listLeftovers(forecourt)).stored
const countStored = async () => (await listStored()).length
async function sweep(): Promise<void> {
  await waitForRun(engine, await queueJob(forecourt, 'sweep-files'))
}
/** The files of an account, and their previews. */
const findStoredKeys = async ({ subject }: Owner): Promise<string[]> => {
  const { rows } = await forecourt.sql(
    `select 'files/' || key as key from attached_files,
      unnest(array[storage_key, preview_key]) as key
     where user_id = $1 and key is not null order by 1`,
    [subject],
  )
  return rows.map(({ key }) => String(key))
}

describe('the archive of an account with files', () => {
  it('is read back to the same account, and to nothing more the second time', async () => {
    const preview = await importArchive(bob, archive, { mode: 'preview' })
    expect(preview).toEqual({
      added: ROWS,
      files: { added: FILES, known: 0, skipped: 0, refused: [] },
    })
    expect(await findStoredKeys(bob)).toEqual([])
    const before = await countStored()
    expect(await importArchive(bob, archive)).toEqual(preview)
    const own = await findStoredKeys(bob)
    expect(await countStored()).toBe(before + own.length)
    const again = await exportArchive(bob)
    expect(describeArchive(again)).toEqual(describeArchive(archive))
    const { added, files } = await importArchive(bob, archive)
    expect(added).toEqual({})
    // Two files belong to documents that are in the trash here as well.
    expect(files).toEqual({ added: 0, known: FILES - 2, skipped: 2, refused: [] })
    expect(describeArchive(await exportArchive(bob))).toEqual(describeArchive(again))
    expect(await countStored()).toBe(before + own.length)
    expect((await listLeftovers(forecourt)).received).toEqual([])
  })

  it('has photos that are shown as before, without the place where they were taken', async () => {
    await importArchive(bob, archive)
    const { body } = await bob.api.get('/api/documents').expect(200)
    const { id } = (body as { docs: { id: string }[] }).docs[0] ?? { id: '' }
    const list = await bob.api.get(`/api/documents/${id}/files`).expect(200)
    const { files } = list.body as { files: { fileName: string; previewUrl: string | null }[] }
    expect(files.map(({ fileName, previewUrl }) => [fileName, previewUrl !== null])).toEqual([
      ['رخصة.pdf', false],
      ['車検証.heic', true],
      ['photo.jpg', true],
      ['another.jpg', true],
    ])
    const shown = await download(bob.api, String(files[2]?.previewUrl)).expect(200)
    expect((await sharp(shown.body as Buffer).metadata()).exif).toBeUndefined()
  })

  it('adds only the files that are missing', async () => {
    await importArchive(bob, archive)
    const { rows } = await forecourt.sql(
      `select id from attached_files where user_id = $1 and file_name in ('bill.webp', 'photo.jpg')`,
      [bob.subject],
    )
    for (const { id } of rows) await bob.api.delete(`/api/files/${String(id)}`).expect(200)
    const { added, files } = await importArchive(bob, archive)
    expect([added, files]).toEqual([{}, { added: 2, known: FILES - 4, skipped: 2, refused: [] }])
    expect((await importArchive(bob, archive)).files).toMatchObject({ added: 0 })
  })

  it('replaces everything, and what it replaced leaves nothing behind when it is purged', async () => {
    await fillGarage(bob)
    const other = await findStoredKeys(bob)
    const { added, files } = await importArchive(bob, archive, { mode: 'replace' })
    expect(files).toMatchObject({ added: FILES })
    expect(added).toEqual(ROWS)
    const { rows } = await forecourt.sql(
      `select id from vehicles where user_id = $1 and deleted_at is not null and (
        select count(*) from attached_files f join documents d on d.id = f.document_id
        where d.vehicle_id = vehicles.id and f.storage_key = any($2)) > 0`,
      [bob.subject, other.map((key) => key.slice('files/'.length))],
    )
    expect(rows).toHaveLength(2)
    const admin = await forecourt.as('admin')
    for (const { id } of rows)
      await admin.delete(`/api/vehicles/${String(id)}?trash=true`).expect(200)
    await sweep()
    expect(describeArchive(await exportArchive(bob))).toEqual(describeArchive(archive))
    const stored = await listStored()
    expect(other.filter((key) => stored.includes(key))).toEqual([])
    expect(stored).toEqual(expect.arrayContaining(await findStoredKeys(bob)))
  })
})

/** Entries by the ID of the file that they replace. */
const replaceFile = (name: string, bytes: Buffer): Promise<Buffer> => {
  const { id } = readTable(archive, 'attached-files').find((row) => row['fileName'] === name) ?? {}
  const place = [...unzip(archive).keys()].find((entry) => entry.startsWith(`files/${String(id)}/`))
  return withEntries(archive, { [String(place)]: bytes })
}

/** Breaks the compressed data of the largest table. */
async function damage(): Promise<Buffer> {
  const broken = Buffer.from(await withEntries(archive, {}))
  const at = broken.indexOf('vehicles.json') + 'vehicles.json'.length
  broken.fill(0xff, at + 4, at + 40)
  return broken
}

describe('an archive with a file that is not accepted', () => {
  const jpeg = () => createPicture(64, 48).jpeg().toBuffer()

  it.each<[string, () => Promise<Buffer>, number, string]>([
    ['of another type', () => replaceFile('photo.jpg', Buffer.from('GIF89a')), 415, 'a GIF image'],
    [
      'that is a program',
      () => replaceFile('رخصة.pdf', Buffer.from('MZ\x90\0')),
      415,
      'a Windows program',
    ],
    [
      'that is also a ZIP archive',
      async () => replaceFile('photo.jpg', Buffer.concat([await jpeg(), createZip()])),
      415,
      'also a ZIP archive',
    ],
    [
      'that is also a web page',
      async () =>
        replaceFile('رخصة.pdf', Buffer.concat([await createPdf(), Buffer.from('<html><script>')])),
      415,
      'other content after the PDF',
    ],
    [
      'that is cut off',
      async () => replaceFile('receipt.png', (await createImages())['image/png'].subarray(0, -30)),
      415,
      'incomplete or damaged',
    ],
    [
      'that is a PDF instead of the photo of a vehicle',
      async () => replaceFile('image.jpg', await createPdf()),
      415,
      'not an image',
    ],
    [
      'that is too large',
      () => replaceFile('receipt.png', randomBytes(20_100_000)),
      413,
      'too large',
    ],
    ['in a damaged archive', damage, 400, 'which is damaged'],
  ])('%s is refused, and leaves nothing', async (_, build, status, message) => {
    const bytes = await build()
    const before = await listLeftovers(forecourt)
    const { body } = await sendArchive(bob, bytes).expect(status)
    const [error] = (body as { errors: { message: string }[] }).errors
    expect(error?.message).toContain(message)
    expect(error?.message).toContain('Nothing was imported')
    expect(await listLeftovers(forecourt)).toEqual(before)
    for (const table of ['vehicles', 'documents', 'attached_files']) {
      const { rows } = await forecourt.sql(`select 1 from ${table} where user_id = $1`, [
        bob.subject,
      ])
      expect([table, rows]).toEqual([table, []])
    }
  })

  it('can be imported without it', async () => {
    const bytes = await replaceFile('photo.jpg', Buffer.from('GIF89a'))
    const query = { mode: 'merge', skipRefusedFiles: true }
    const { added, files } = await importArchive(bob, bytes, query)
    expect(added).toEqual(ROWS)
    expect(files).toMatchObject({ added: FILES - 1 })
    expect(files.refused).toEqual([
      {
        file: expect.stringContaining('/photo.jpg'),
        reasons: [expect.stringContaining('a GIF image')],
      },
    ])
  })

  it('stores a photo of a vehicle without its metadata', async () => {
    const bytes = await replaceFile('image.jpg', (await createImages())['image/jpeg'])
    await importArchive(bob, bytes)
    const { body } = await bob.api.get('/api/vehicles').expect(200)
    const { id } = (body as { docs: { id: string }[] }).docs[0] ?? { id: '' }
    const photo = await download(bob.api, `/api/vehicles/${id}/image`).expect(200)
    expect((await sharp(photo.body as Buffer).metadata()).exif).toBeUndefined()
  })

  it('gives no file to a row of somebody else', async () => {
    const bytes = await withRows(archive, 'attached-files', (rows) =>
      rows.map((row) => ({ ...row, document: garage.document, vehicle: null, fuelLog: null })),
    )
    const foreign = await withRows(bytes, 'documents', (rows) =>
      rows.filter(({ id }) => id !== garage.document),
    )
    const before = await exportArchive(ann)
    expect((await importArchive(bob, foreign)).files).toMatchObject({ added: 0, skipped: FILES })
    expect(describeArchive(await exportArchive(ann))).toEqual(describeArchive(before))
    expect(await findStoredKeys(bob)).toEqual([])
  })

  it('leaves nothing when the storage fails in the middle', async () => {
    const before = await listLeftovers(forecourt)
    s3.fail({ kind: 'status', status: 503 }, (name) => /^PUT .*\.webp/.test(name))
    await sendArchive(bob, archive).expect(503)
    s3.resume()
    expect(await listLeftovers(forecourt)).toEqual(before)
    expect((await importArchive(bob, archive)).files).toMatchObject({ added: FILES })
  })
})
