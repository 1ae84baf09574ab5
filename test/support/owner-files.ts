import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import type { Response } from 'supertest'
import type { z } from 'zod'
import type { FILE } from '../../src/documents/endpoints/file-schemas.ts'
import { getService } from '../../src/services.ts'
import type { Api } from './api.ts'
import { saveVehicle } from './builders.ts'
import type { TestForecourt } from './forecourt.ts'
import { createCameraJpeg, createPicture } from './http-photos.ts'
import type { Owner } from './owners.ts'

/** A file as the API describes it. */
export type FileAnswer = z.output<typeof FILE>

/** A PDF of one page, as a program writes it. */
export function createPdf(text = 'Policy A-1'): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ margin: 20 })
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
    pdf.text(text)
    pdf.end()
  })
}

/** A file of each image type that sharp writes. */
export const createImages = async () => ({
  'image/jpeg': await createCameraJpeg(),
  'image/png': await createPicture(64, 48).png().toBuffer(),
  'image/webp': await createPicture(64, 48).webp().toBuffer(),
})

/** A ZIP archive with one entry. */
export function createZip(): Buffer {
  const name = Buffer.from('a.txt')
  const data = deflateRawSync(Buffer.from('a'))
  const about = Buffer.alloc(26)
  about.writeUInt16LE(20, 0)
  about.writeUInt16LE(8, 4)
  about.writeUInt32LE(data.length, 14)
  about.writeUInt32LE(1, 18)
  about.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, name, data])
  const extra = Buffer.alloc(14)
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), about, extra, name])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end])
}

/** Saves a vehicle of an owner and a document of it, and returns their IDs. */
export async function saveDocument(
  { payload }: TestForecourt,
  { api, subject }: Owner,
): Promise<{ vehicle: string; document: string }> {
  const { id: vehicle } = await saveVehicle(payload, subject)
  const body = { vehicle, title: 'Policy', documentType: 'insurance' }
  const made = await api.post('/api/documents').send(body).expect(201)
  return { vehicle, document: (made.body as { doc: { id: string } }).doc.id }
}

/** Uploads a file of a form, under the name and type that the caller chooses. */
export const uploadFile = (api: Api, row: string, bytes: Buffer, filename = 'a.pdf') =>
  api.post(`/api/${row}/files`).attach('file', bytes, { filename, contentType: 'text/plain' })

/** Sends bytes as they are. */
export const sendRaw = (
  api: Api,
  url: string,
  bytes: Buffer,
  { method = 'post' }: { method?: 'post' | 'put' } = {},
) => api[method](url).set('Content-Type', 'application/octet-stream').send(bytes)

/** The file in an answer. */
export const fileOf = ({ body }: Pick<Response, 'body'>): FileAnswer =>
  (body as { file: FileAnswer }).file

/** Asks for bytes, whatever their type. */
export const download = (api: Api, url: string, headers: Record<string, string> = {}) =>
  api
    .get(url)
    .set(headers)
    .buffer(true)
    .parse((answer, done) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => done(null, Buffer.concat(parts)))
    })

/** What is stored for owners, and what is left of uploads under way. */
export async function listLeftovers({ payload, settings }: TestForecourt): Promise<{
  stored: string[]
  received: string[]
}> {
  const stored: string[] = []
  for await (const { key } of getService(payload, 'storages').owners.list()) stored.push(key)
  const root = path.join(settings.DATA_DIR, 'uploads')
  const files = await readdir(root, { recursive: true, withFileTypes: true })
  const received = files.filter((file) => file.isFile()).map(({ name }) => name)
  return { stored: stored.sort(), received }
}
