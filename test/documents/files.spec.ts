import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { aFuelLog } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import type { Owner } from '../support/owners.ts'
import {
  createImages,
  createPdf,
  download,
  type FileAnswer,
  fileOf,
  listLeftovers,
  saveDocument,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'

const PLACES = ['disk', 's3'] as const

let s3: S3Peer
beforeAll(async () => {
  s3 = await openS3Peer()
})
afterAll(() => s3.close())

const bytesOf = ({ body }: { body: unknown }) => body as Buffer
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe.each(PLACES)('files on the %s', (place) => {
  let forecourt: TestForecourt
  let owner: Owner
  let document: string
  let vehicle: string
  beforeAll(async () => {
    forecourt = await openForecourt(place === 's3' ? s3.settings : {})
    owner = await forecourt.asOwner()
  })
  afterAll(() => forecourt.close())
  beforeEach(async () => {
    const saved = await saveDocument(forecourt, owner)
    document = saved.document
    vehicle = saved.vehicle
  })

  const upload = async (bytes: Buffer, name?: string): Promise<FileAnswer> =>
    fileOf(await uploadFile(owner.api, `documents/${document}`, bytes, name).expect(201))
  const list = async (row = `documents/${document}`): Promise<FileAnswer[]> =>
    (await owner.api.get(`/api/${row}/files`).expect(200)).body.files as FileAnswer[]
  const readDocument = async () =>
    (
      await forecourt.sql(
        `select file_name, content_type, file_size::int, file_hash, storage_bucket, storage_key
          from documents where id = $1`,
        [document],
      )
    ).rows[0] as Record<string, unknown>

  it('come back as they were, whatever the client called their type', async () => {
    const images = await createImages()
    const all = { 'application/pdf': await createPdf(), ...images, 'image/heic': createHeic() }
    for (const [contentType, bytes] of Object.entries(all)) {
      const file = await upload(bytes, 'paper')
      expect(file).toMatchObject({ contentType, fileSize: bytes.length, fileHash: hash(bytes) })
      const answer = await download(owner.api, file.url).expect(200)
      expect(bytesOf(answer).equals(bytes)).toBe(true)
      expect(answer.headers).toMatchObject({
        'content-type': contentType,
        'content-length': String(bytes.length),
        'content-security-policy': expect.stringContaining('sandbox') as unknown,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
      })
      expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="paper\.\w+"/)
    }
    expect((await list()).map(({ contentType }) => contentType)).toEqual(Object.keys(all))
    expect((await listLeftovers(forecourt)).received).toEqual([])
  })

  it('are shown without the place where they were taken, upright, and still have it as files', async () => {
    const { exif } = await sharp((await createImages())['image/jpeg']).metadata()
    if (!exif) throw new Error('The camera writes EXIF.')
    const photos = [(await createImages())['image/jpeg'], createHeic({ exif, turns: 1 })]
    const sizes = []
    for (const photo of photos) {
      const { url, previewUrl } = await upload(photo, 'photo')
      const shown = await download(owner.api, String(previewUrl)).expect(200)
      expect(shown.headers).toMatchObject({ 'content-type': 'image/jpeg' })
      expect(shown.headers['content-disposition']).toMatch(/^inline;/)
      const { exif: kept, width, height, format } = await sharp(bytesOf(shown)).metadata()
      expect([kept, format]).toEqual([undefined, 'jpeg'])
      expect(bytesOf(shown).includes('GPS')).toBe(false)
      expect(bytesOf(await download(owner.api, url)).includes('SpyCam')).toBe(true)
      sizes.push([width, height])
    }
    expect(sizes).toEqual([
      [40, 60],
      [128, 128],
    ])
  })

  it('of a phone show the colors that the phone shows', async () => {
    const { previewUrl } = await upload(createHeic({ turns: 1 }), 'IMG_0001.HEIC')
    const shown = bytesOf(await download(owner.api, String(previewUrl)).expect(200))
    const { data, info } = await sharp(shown).raw().toBuffer({ resolveWithObject: true })
    const colors = [20, 100].flatMap((y) =>
      [20, 100].map((x) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)]),
    )
    const names = colors.map((color) => color.map((part) => (part > 127 ? 1 : 0)).join(''))
    expect(names).toEqual(['010', '111', '100', '001'])
  })

  it('answer a range, check each one, and refuse what is beyond the end', async () => {
    const pdf = await createPdf()
    const { url } = await upload(pdf)
    const part = await download(owner.api, url, { Range: 'bytes=5-9' }).expect(206)
    expect(bytesOf(part)).toEqual(pdf.subarray(5, 10))
    expect(part.headers).toMatchObject({
      'content-range': `bytes 5-9/${pdf.length}`,
      'accept-ranges': 'bytes',
    })
    const last = await download(owner.api, url, { Range: 'bytes=-3' }).expect(206)
    expect(bytesOf(last)).toEqual(pdf.subarray(-3))
    const open = await download(owner.api, url, { Range: 'bytes=10-' }).expect(206)
    expect(bytesOf(open)).toEqual(pdf.subarray(10))
    // Several ranges may be answered with the whole file (RFC 9110, 14.2).
    const several = await download(owner.api, url, { Range: 'bytes=0-1,4-5' }).expect(200)
    expect(bytesOf(several)).toEqual(pdf)
    const beyond = await download(owner.api, url, { Range: 'bytes=99999999-' }).expect(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${pdf.length}`)
    const etag = String(part.headers['etag'])
    const same = { Range: 'bytes=0-0', 'If-Range': etag }
    await download(owner.api, url, same).expect(206)
    await download(owner.api, url, { ...same, 'If-Range': '"other"' }).expect(200)
    await download(owner.api, url, { 'If-None-Match': etag }).expect(304)
    const stranger = await forecourt.asOwner()
    for (const range of ['bytes=0-0', 'bytes=-1', 'bytes=5-', 'bytes=0-1,4-5', 'bytes=9999999-'])
      await download(stranger.api, url, { Range: range }).expect(404)
    await download(stranger.api, url, same).expect(404)
    await download(stranger.api, url, { 'If-None-Match': etag }).expect(404)
    await owner.api.delete(`/api/documents/${document}`).expect(200)
    await download(owner.api, url, { Range: 'bytes=0-0' }).expect(404)
  })

  it('are any number for a document, whose own columns hold the first', async () => {
    const [first, second] = [await createPdf('One'), await createPdf('Two')]
    const { id, url } = await upload(first, 'one.pdf')
    await upload(second, 'two.pdf')
    const columns = {
      file_name: 'one.pdf',
      content_type: 'application/pdf',
      file_size: first.length,
      file_hash: hash(first),
      storage_bucket: 'files',
    }
    expect(await readDocument()).toMatchObject(columns)
    const { body } = await owner.api.get(`/api/documents/${document}`).expect(200)
    expect(body).toMatchObject({ fileName: 'one.pdf', fileSize: first.length })
    await owner.api.delete(`/api/files/${id}`).expect(200)
    expect(await readDocument()).toMatchObject({ file_name: 'two.pdf', file_hash: hash(second) })
    await download(owner.api, url).expect(404)
    const [left] = await list()
    await owner.api.delete(`/api/files/${left?.id}`).expect(200)
    expect(Object.values(await readDocument())).toEqual(Array(6).fill(null))
    expect((await listLeftovers(forecourt)).stored).not.toContain(`files/${left?.id}.pdf`)
  })

  it('are replaced as a whole, and the old bytes are gone', async () => {
    const before = (await listLeftovers(forecourt)).stored.length
    const { id, url } = await upload((await createImages())['image/jpeg'], 'photo.jpg')
    expect((await listLeftovers(forecourt)).stored.length).toBe(before + 2)
    const pdf = await createPdf('New')
    const replaced = await sendRaw(owner.api, `/api/files/${id}?name=new.pdf`, pdf, {
      method: 'put',
    }).expect(200)
    expect(fileOf(replaced)).toMatchObject({ id, fileName: 'new.pdf', previewUrl: null })
    expect(bytesOf(await download(owner.api, url).expect(200)).equals(pdf)).toBe(true)
    expect((await listLeftovers(forecourt)).stored.length).toBe(before + 1)
    expect(await readDocument()).toMatchObject({ file_name: 'new.pdf' })
    await owner.api.delete(`/api/files/${id}`).expect(200)
    expect((await listLeftovers(forecourt)).stored.length).toBe(before)
  })

  it('that are sent twice are stored once', async () => {
    const pdf = await createPdf('Twice')
    const [one, other] = [await upload(pdf, 'a.pdf'), await upload(pdf, 'a.pdf')]
    expect(other).toEqual(one)
    await upload(pdf, 'b.pdf')
    expect((await list()).map(({ fileName }) => fileName)).toEqual(['a.pdf', 'b.pdf'])
  })

  it('do not belong to a copy of their document or vehicle', async () => {
    const { url } = await upload(await createPdf('Original'))
    const photo = (await createImages())['image/png']
    await sendRaw(owner.api, `/api/vehicles/${vehicle}/image`, photo, { method: 'put' })
    const copy = async (row: string, body = {}) =>
      String((await owner.api.post(`/api/${row}/duplicate`).send(body).expect(200)).body.doc.id)
    const document2 = await copy(`documents/${document}`)
    expect(await list(`documents/${document2}`)).toEqual([])
    const vehicle2 = await copy(`vehicles/${vehicle}`, { licensePlate: `COPY ${place}` })
    await download(owner.api, `/api/vehicles/${vehicle2}/image`).expect(404)
    const { rows } = await forecourt.sql(
      `select storage_key as key, file_name as name from documents where id = $1
        union all select image_key, image_bucket from vehicles where id = $2`,
      [document2, vehicle2],
    )
    expect(rows).toEqual(Array(2).fill({ key: null, name: null }))
    await download(owner.api, url).expect(200)
  })

  it('keep their names in every script, and only as names', async () => {
    const pdf = await createPdf()
    const names: readonly (readonly [string, string])[] = [
      ['Versicherung für Käfer.pdf', 'Versicherung für Käfer.pdf'],
      ['保険証.pdf', '保険証.pdf'],
      ['רישיון.pdf', 'רישיון.pdf'],
      ['مستند.pdf', 'مستند.pdf'],
      ['gpj.\u202Eexe', 'gpj.exe.pdf'],
      ['../../etc/passwd', 'passwd.pdf'],
      ['C:\\windows\\CON', '_CON.pdf'],
      ['CON.pdf', '_CON.pdf'],
      ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
      ['a\0b.pdf', 'ab.pdf'],
      ['...', 'file.pdf'],
      [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
      [`${'ש'.repeat(300)}.pdf`, `${'ש'.repeat(251)}.pdf`],
      ['😀'.repeat(150), `${'😀'.repeat(125)}.pdf`],
    ]
    for (const [name, stored] of names) {
      const url = `/api/documents/${document}/files?name=${encodeURIComponent(name)}`
      const { fileName, id, url: place } = fileOf(await sendRaw(owner.api, url, pdf).expect(201))
      expect([name, fileName]).toEqual([name, stored])
      const { headers } = await download(owner.api, place).expect(200)
      const [, encoded = ''] =
        /filename\*=UTF-8''(\S+)$/.exec(String(headers['content-disposition'])) ?? []
      expect(decodeURIComponent(encoded)).toBe(stored)
      await owner.api.delete(`/api/files/${id}`).expect(200)
    }
    expect((await upload(pdf, '保険 証.pdf')).fileName).toBe('保険 証.pdf')
  })

  it('belong to fuel and maintenance logs, too, and go with them', async () => {
    const fuel = await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    const service = { vehicle, category: 'Repair', serviceDate: '2026-02-01' }
    const made = await owner.api.post('/api/maintenance-logs').send(service).expect(201)
    const rows = [
      `fuel-logs/${String(fuel.body.doc.id)}`,
      `maintenance-logs/${String(made.body.doc.id)}`,
    ]
    for (const row of rows) {
      const file = fileOf(await uploadFile(owner.api, row, createHeic(), 'receipt').expect(201))
      expect(await list(row)).toEqual([file])
      await download(owner.api, String(file.previewUrl)).expect(200)
      await owner.api.delete(`/api/${row}`).expect(200)
      await download(owner.api, file.url).expect(404)
    }
  })

  it('are nobody else’s, and admins’ with an entry in the audit log', async () => {
    const { id, url } = await upload(createHeic(), 'photo.heic')
    const stranger = await forecourt.asOwner()
    const manager = await forecourt.as('manager')
    const pdf = await createPdf()
    for (const api of [forecourt.anonymous, stranger.api, manager]) {
      const answers = [
        await api.get(url),
        await api.get(`${url}/preview`),
        await api.delete(url),
        await sendRaw(api, url, pdf, { method: 'put' }),
        await api.get(`/api/documents/${document}/files`),
        await uploadFile(api, `documents/${document}`, pdf),
      ]
      for (const { status } of answers) expect([401, 403, 404]).toContain(status)
    }
    expect((await list()).map((file) => file.id)).toEqual([id])
    const admin = await forecourt.as('admin')
    const added = fileOf(await uploadFile(admin, `documents/${document}`, pdf).expect(201))
    await download(admin, added.url).expect(200)
    const { rows } = await forecourt.sql(
      `select action from admin_audit_logs where resource_id = $1 and actor_admin_id like 'staff:%'
        order by action`,
      [document],
    )
    expect(new Set(rows.map(({ action }) => String(action)))).toEqual(
      new Set(['attach_file', 'look']),
    )
  })
})
