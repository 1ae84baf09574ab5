import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { addDays, getDayInZone } from '../../src/garage/domain/days.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { createPdf, saveDocument, uploadFile } from '../support/owner-files.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string
let document: string
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  ;({ vehicle, document } = await saveDocument(forecourt, owner))
})

const change = (body: object) => owner.api.patch(`/api/documents/${document}`).send(body)
const read = async () => (await owner.api.get(`/api/documents/${document}`).expect(200)).body

describe('the details of a document', () => {
  it('are those of its type', async () => {
    await change({ details: { policyNumber: ' A-1 ', phone: '+1 555 0100' } }).expect(200)
    expect((await read()).details).toEqual({ policyNumber: 'A-1', phone: '+1 555 0100' })
    const refused = await change({ details: { email: 'somebody' } }).expect(400)
    expect(refused.body.errors[0]).toMatchObject({
      path: 'details.email',
      message: expect.stringContaining('must be an e-mail address') as unknown,
    })
    const list = await change({ details: ['A-1'] }).expect(400)
    expect(list.text).toContain('must be a JSON object')
    expect((await read()).details).toEqual({ policyNumber: 'A-1', phone: '+1 555 0100' })
  })

  it('that its type does not have are stored with a warning, and stay', async () => {
    const { body } = await change({ details: { policyNo: 'A-1' } }).expect(200)
    expect(body.warnings).toMatchObject([{ field: 'details', code: 'unknown_detail' }])
    const again = await change({ details: { policyNumber: 'A-1' } }).expect(200)
    expect(again.body.warnings).toBeUndefined()
    expect((await read()).details).toEqual({ policyNo: 'A-1', policyNumber: 'A-1' })
    await change({ details: { policyNo: null } }).expect(200)
    expect((await read()).details).toEqual({})
    await change({ details: null }).expect(200)
    expect((await read()).details).toBeNull()
  })
})

describe('the documents of a vehicle', () => {
  const today = getDayInZone(new Date(), 'America/New_York')
  const add = async (documentType: string, issued: number | null, expires: number | null) => {
    const body = {
      vehicle,
      title: 'A paper',
      documentType,
      issuedDate: issued === null ? null : addDays(today, issued),
      expirationDate: expires === null ? null : addDays(today, expires),
    }
    const made = await owner.api.post('/api/documents').send(body).expect(201)
    return String(made.body.doc.id)
  }
  const getStatus = async () =>
    (await owner.api.get(`/api/vehicles/${vehicle}/documents-status`).expect(200)).body as {
      silence: string | null
      types: { documentType: string; status: string; document: string | null }[]
      documents: { id: string; status: string; isCurrent: boolean; files: number }[]
    }

  it('are valid, expire soon or are expired; of each type, the newest valid one counts', async () => {
    await owner.api.delete(`/api/documents/${document}`).expect(200)
    const expired = await add('insurance', -800, -400)
    const soon = await add('insurance', -300, 5)
    const next = await add('insurance', 5, 370)
    const manual = await add('manual', null, null)
    await uploadFile(owner.api, `documents/${manual}`, await createPdf()).expect(201)
    const { types, documents, silence } = await getStatus()
    expect(silence).toBeNull()
    expect(types).toEqual([
      { documentType: 'insurance', status: 'expires_soon', document: soon },
      { documentType: 'registration', status: 'missing', document: null },
      { documentType: 'manual', status: 'no_date', document: manual },
    ])
    expect(
      documents.map(({ id, status, isCurrent, files }) => [id, status, isCurrent, files]),
    ).toEqual([
      [manual, 'no_date', true, 1],
      [next, 'valid', false, 0],
      [soon, 'expires_soon', true, 0],
      [expired, 'expired', false, 0],
    ])
  })

  it('follow the threshold of the vehicle, and say when it is no longer driven', async () => {
    await change({ expirationDate: addDays(today, 20) }).expect(200)
    const threshold = async (dueSoonDays: number) => {
      await owner.api.patch(`/api/vehicles/${vehicle}`).send({ dueSoonDays }).expect(200)
      return (await getStatus()).documents[0]?.status
    }
    expect([await threshold(19), await threshold(20)]).toEqual(['valid', 'expires_soon'])
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ isActive: false }).expect(200)
    expect((await getStatus()).silence).toContain('archived')
  })

  it('are nobody else’s', async () => {
    const stranger = await forecourt.asOwner()
    await stranger.api.get(`/api/vehicles/${vehicle}/documents-status`).expect(404)
    await forecourt.anonymous.get(`/api/vehicles/${vehicle}/documents-status`).expect(403)
  })
})
