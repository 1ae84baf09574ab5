import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getService } from '../../src/services.ts'
import type { Api } from '../support/api.ts'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import { createImages, createPdf, saveDocument, uploadFile } from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())

async function readPdf(api: Api, vehicle: string, query: object = {}) {
  const { body, headers } = await api
    .get(`/api/vehicles/${vehicle}/export`)
    .query(query)
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => done(null, Buffer.concat(chunks)))
    })
    .expect(200)
  const text = (body as Buffer).toString('latin1')
  expect(headers['content-type']).toBe('application/pdf')
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text.trimEnd().slice(-5)).toBe('%%EOF')
  return { headers, text, pages: text.match(/\/Type \/Page\n/g)?.length ?? 0 }
}

const count = (text: string, part: string): number => text.split(part).length - 1

describe('the PDF of a vehicle', () => {
  it('has all of its history, on as many pages as it takes', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Camry' })
    const empty = await readPdf(owner.api, id)
    expect(empty.pages).toBe(1)
    expect(empty.headers['content-disposition']).toBe(
      `attachment; filename="camry-history.pdf"; filename*=UTF-8''camry-history.pdf`,
    )
    await owner.api
      .post(`/api/vehicles/${id}/import`)
      .attach('file', readFileSync('test/fixtures/owner-imports/fuelly.csv'), 'fuelly.csv')
      .expect(200)
    expect((await readPdf(owner.api, id)).pages).toBe(1)
    const rows = Array.from(
      { length: 300 },
      (_, index) => `${2024 + Math.floor(index / 150)}-01-01 10:00,${60_000 + index * 20},5,15`,
    )
    const file = `Date,Odometer,Gallons,Cost\n${rows.join('\n')}`
    await owner.api
      .post(`/api/vehicles/${id}/import?confirmOdometer=true`)
      .set('content-type', 'text/csv')
      .send(file)
      .expect(200)
    expect((await readPdf(owner.api, id)).pages).toBeGreaterThan(5)
  })

  it.each([
    ['Ладушка', '%D0%BB%D0%B0%D0%B4%D1%83%D1%88%D0%BA%D0%B0'],
    ['سيارة أبي', '%D8%B3%D9%8A%D8%A7%D8%B1%D8%A9-%D8%A3%D8%A8%D9%8A'],
    ['家族の車 🚗', '%E5%AE%B6%E6%97%8F%E3%81%AE%E8%BB%8A'],
    ['🚗', 'vehicle'],
  ])('is written for a name in any script: %s', async (nickname, name) => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, { nickname })
    const { headers } = await readPdf(owner.api, id)
    expect(headers['content-disposition']).toBe(
      `attachment; filename="vehicle-history.pdf"; filename*=UTF-8''${name}-history.pdf`,
    )
  })

  it('survives texts of any length', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const notes = 'word '.repeat(4_000) + 'x'.repeat(20_000)
    await owner.api
      .post('/api/maintenance-logs')
      .send({ vehicle: id, category: 'Repair', serviceDate: '2026-01-01', notes })
      .expect(201)
    await readPdf(owner.api, id)
    await owner.api
      .post('/api/maintenance-logs')
      .send({
        vehicle: id,
        category: 'Repair',
        serviceDate: '2026-01-02',
        notes: 'a\n'.repeat(400),
      })
      .expect(201)
    expect((await readPdf(owner.api, id)).pages).toBe(2)
  })

  it('has the papers of its documents if it is asked for them, without where photos were taken', async () => {
    const { document, vehicle } = await saveDocument(forecourt, owner)
    const { 'image/jpeg': jpeg, 'image/webp': webp } = await createImages()
    const files = { 'policy.pdf': await createPdf(), 'a.jpg': jpeg, 'b.webp': webp }
    for (const [name, bytes] of Object.entries({ ...files, 'c.heic': createHeic() }))
      await uploadFile(owner.api, `documents/${document}`, bytes, name).expect(201)
    const without = await readPdf(owner.api, vehicle)
    expect([without.pages, count(without.text, '/Subtype /Image')]).toEqual([1, 0])
    const { pages, text } = await readPdf(owner.api, vehicle, { papers: true })
    expect(pages).toBe(3)
    expect(count(text, '/Subtype /Image')).toBe(3)
    expect(count(text, '/Type /EmbeddedFile')).toBe(1)
    expect(text).not.toContain('SpyCam')
    const { owners } = getService(forecourt.payload, 'storages')
    for await (const { key } of owners.list()) await owners.remove(key)
    const missing = await readPdf(owner.api, vehicle, { papers: true })
    expect(count(missing.text, '/Subtype /Image')).toBe(0)
    expect(count(missing.text, '/Type /EmbeddedFile')).toBe(0)
  })

  it('is for who may read the vehicle, in the formats that exist', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const stranger = await forecourt.asOwner()
    for (const format of ['pdf', 'csv']) {
      const path = `/api/vehicles/${id}/export?format=${format}`
      await forecourt.anonymous.get(path).expect(403)
      await stranger.api.get(path).expect(404)
      await (await forecourt.as('admin')).get(path).expect(200)
    }
    await owner.api.get(`/api/vehicles/${id}/export?format=docx`).expect(400)
  })
})
