import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Endpoint } from 'payload'
import { findOperationSpec } from '../../src/api/openapi/operation.ts'
import { createConfiguredScanner } from '../../src/uploads/scan/create-scanner.ts'
import { findUnreachable } from '../../src/server/start/unreachable.ts'
import { type ClamdPeer, EICAR, EICAR_NAME, findClamd, openClamd } from '../support/clamd-peer.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, uploadPhoto } from '../support/http-photos.ts'
import {
  createPdf,
  fileOf,
  listLeftovers,
  saveDocument,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'
import { linkTo, offerCar, type Offered } from '../support/submissions.ts'

const whenScanned = findClamd() ? describe : describe.skip

/** More than a part that the daemon receives at once, and less than a file may have. */
const STREAM_BYTES = 2_000_000
/** The size up to which the daemon scans a file. */
const SCANNED_BYTES = 1_000_000

let clamd: ClamdPeer
let forecourt: TestForecourt
let manager: Api
let owner: Owner
let rows: { vehicle: string; document: string; file: string }
let offer: Offered
let infected: Buffer

whenScanned('an upload', () => {
  beforeAll(async () => {
    clamd = await openClamd({ maxStreamBytes: STREAM_BYTES, maxFileBytes: SCANNED_BYTES })
    forecourt = await openForecourt({ CLAMAV_URL: clamd.url })
    manager = await forecourt.as('manager')
    owner = await forecourt.asOwner()
    const saved = await saveDocument(forecourt, owner)
    const kept = await uploadFile(owner.api, `documents/${saved.document}`, await createPdf())
    rows = { ...saved, file: fileOf(kept).id }
    offer = await offerCar(forecourt)
    infected = withComment(await createPicture(64, 48).jpeg().toBuffer(), EICAR)
  })
  afterAll(async () => {
    await forecourt.close()
    await clamd.close()
  })
  afterEach(async () => {
    expect((await listLeftovers(forecourt)).received).toEqual([])
  })

  it('is refused by every endpoint that takes a file, if it is infected', async () => {
    const uploads = await buildUploads()
    expect(Object.keys(uploads).sort()).toEqual(listFileEndpoints(forecourt))
    const before = await listLeftovers(forecourt)
    for (const [name, send] of Object.entries(uploads)) {
      const answer = await send(infected)
      expect([name, answer.status, answer.text]).toEqual([
        name,
        422,
        expect.stringContaining(EICAR_NAME),
      ])
    }
    expect(await listLeftovers(forecourt)).toEqual(before)
    const { rows: photos } = await forecourt.sql('select id from media')
    expect(photos).toEqual([])
  })

  it('that is infected is in the audit log, with who sent it where', async () => {
    await uploadPhoto(manager, infected).expect(422)
    const { rows: entries } = await forecourt.sql(
      `select user_id is not null as known, changes from activity_logs
        where action = 'infected_upload' order by created_at desc limit 1`,
    )
    expect(entries).toEqual([
      { known: true, changes: { asked: 'POST /api/media', reason: EICAR_NAME } },
    ])
  })

  it('that is clean is stored', async () => {
    await uploadPhoto(manager, await createPicture(64, 48).jpeg().toBuffer()).expect(201)
    await uploadFile(owner.api, `documents/${rows.document}`, await createPdf('B')).expect(201)
  })

  it('is refused while there is no scanner, and accepted when it is back', async () => {
    const clean = await createPicture(70, 40).jpeg().toBuffer()
    await clamd.kill()
    const answer = await uploadPhoto(manager, clean).expect(503)
    expect(answer.headers['retry-after']).toBe('30')
    expect(messageOf(answer.body)).toBe(
      'Files cannot be checked for malware right now, so nothing was stored. Try again in 30 ' +
        'seconds.',
    )
    await sendRaw(owner.api, `/api/documents/${rows.document}/files`, clean).expect(503)
    await clamd.restart()
    await uploadPhoto(manager, clean).expect(201)
  })

  it('is refused if it is larger than the scanner accepts', async () => {
    const large = Buffer.concat([await createPdf(), Buffer.alloc(2 * STREAM_BYTES)])
    const answer = await uploadFile(owner.api, `documents/${rows.document}`, large).expect(413)
    expect(messageOf(answer.body)).toContain('such as StreamMaxLength')
    expect(answer.headers['retry-after']).toBeUndefined()
    const tooLargeToScan = Buffer.concat([await createPdf(), Buffer.alloc(1_500_000)])
    await uploadFile(owner.api, `documents/${rows.document}`, tooLargeToScan).expect(413)
  })

  it('is scanned through a socket file, too', async () => {
    const scanner = createConfiguredScanner({ CLAMAV_URL: clamd.socketUrl })
    const { Readable } = await import('node:stream')
    expect(await scanner?.scan(Readable.from([EICAR]))).toEqual({ signature: EICAR_NAME })
    expect(await scanner?.scan(Readable.from([Buffer.alloc(0)]))).toEqual({ signature: null })
  })

  it('is refused with a warning at the start, if no scanner answers', async () => {
    expect(await findUnreachable(forecourt.settings)).toEqual([])
    const CLAMAV_URL = 'unix:/tmp/forecourt-no-such-clamd.ctl'
    expect(await findUnreachable({ ...forecourt.settings, CLAMAV_URL })).toEqual([
      expect.stringMatching(
        /^CLAMAV_URL is set, but no ClamAV answers at \/tmp\/.*ENOENT.* refused until it does\.$/,
      ),
    ])
  })
})

describe('without a scanner', () => {
  it('nothing is scanned', async () => {
    const plain = await openForecourt()
    try {
      const bytes = withComment(await createPicture(64, 48).jpeg().toBuffer(), EICAR)
      await uploadPhoto(await plain.as('manager'), bytes).expect(201)
    } finally {
      await plain.close()
    }
  })
})

type Send = (bytes: Buffer) => PromiseLike<{ status: number; body: unknown; text: string }>

/** How each endpoint that takes a file is sent one, by its method and path. */
async function buildUploads(): Promise<Record<string, Send>> {
  const fuelLog = await saveRow('fuel-logs', {
    dateTime: '2026-11-01T10:00:00Z',
    fuelUnits: 10,
    costPerUnit: 3,
    odometer: 10,
  })
  const maintenance = await saveRow('maintenance-logs', {
    category: 'Repair',
    serviceDate: '2026-01-01',
  })
  const { vehicle, document, file } = rows
  const raw =
    (path: string, method: 'post' | 'put' = 'post'): Send =>
    (bytes) =>
      sendRaw(owner.api, `/api/${path}`, bytes, { method })
  const form =
    (path: string): Send =>
    (bytes) =>
      owner.api.post(`/api/${path}`).attach('file', bytes, 'a.jpg')
  return {
    'post /media': (bytes) => uploadPhoto(manager, bytes),
    'post /documents/:id/files': form(`documents/${document}/files`),
    'post /fuel-logs/:id/files': raw(`fuel-logs/${fuelLog}/files`),
    'post /maintenance-logs/:id/files': form(`maintenance-logs/${maintenance}/files`),
    'put /files/:id': raw(`files/${file}`, 'put'),
    'put /vehicles/:id/image': raw(`vehicles/${vehicle}/image`, 'put'),
    'post /vehicles/:id/import': raw(`vehicles/${vehicle}/import?dryRun=true`),
    'post /me/import': (bytes) =>
      owner.api
        .post('/api/me/import?mode=preview')
        .set('Content-Type', 'application/zip')
        .send(bytes),
    'post /submissions/:reference/photos': (bytes) =>
      forecourt.anonymous.post(linkTo(offer, '/photos')).attach('file', bytes, 'a.jpg'),
    'post /submissions/:reference/page/photos': (bytes) =>
      forecourt.anonymous.post(linkTo(offer, '/page/photos')).attach('file', bytes, 'a.jpg'),
  }
}

async function saveRow(slug: string, about: object): Promise<string> {
  const { body } = await owner.api.post(`/api/${slug}`).send({ vehicle: rows.vehicle, ...about })
  const { doc } = body as { doc?: { id: string } }
  if (!doc) throw new Error(JSON.stringify(body))
  return doc.id
}

/** The endpoints that take a file: ours that say so, the imports, and those of collections. */
function listFileEndpoints({ payload: { config } }: TestForecourt): string[] {
  const describeEndpoint = (slug: string) => (endpoint: Endpoint) =>
    findOperationSpec(endpoint)?.takesFile || /\/import$/.test(endpoint.path)
      ? [`${endpoint.method} ${slug}${endpoint.path}`]
      : []
  return [
    ...config.endpoints.flatMap(describeEndpoint('')),
    ...config.collections.flatMap(({ slug, endpoints, upload }) => [
      ...(endpoints || []).flatMap(describeEndpoint(`/${slug}`)),
      ...((upload as unknown) ? [`post /${slug}`] : []),
    ]),
  ].sort()
}

/** A JPEG with a comment after its first marker. */
function withComment(jpeg: Buffer, comment: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)])
}

const messageOf = (body: unknown) => (body as { errors: { message: string }[] }).errors[0]?.message
