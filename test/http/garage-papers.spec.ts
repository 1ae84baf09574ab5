import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveSubtype, saveVehicle } from '../support/builders.ts'
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

describe('maintenance', () => {
  it('keeps what was done as a list, and finds it by it', async () => {
    const body = {
      vehicle,
      category: 'Repair',
      serviceDate: '2026-02-01',
      subtypes: ['Brakes', 'O\'Neil\'s "special"'],
      odometer: 2,
    }
    await saveSubtype(forecourt.payload, 'Repair', 'O\'Neil\'s "special"')
    const made = await owner.api.post('/api/maintenance-logs').send(body).expect(201)
    expect(docOf(made)).toMatchObject({ subtypes: body.subtypes, serviceDate: '2026-02-01' })
    const found = await owner.api
      .get('/api/maintenance-logs')
      .query({ 'where[subtypes][contains]': 'Brakes' })
      .expect(200)
    expect(found.body).toMatchObject({ totalDocs: 1 })
    const none = await owner.api
      .get('/api/maintenance-logs')
      .query({ 'where[subtypes][contains]': 'Bra' })
      .expect(200)
    expect(none.body).toMatchObject({ totalDocs: 0 })
  })

  it.each(['2026-02-30', '02/01/2026', 20260201])('refuses the day %j', async (serviceDate) => {
    const refused = await owner.api
      .post('/api/maintenance-logs')
      .send({ vehicle, category: 'Repair', serviceDate })
      .expect(400)
    expect(refused.text).toContain('must be a date such as 2026-03-31')
  })
})

describe('a document', () => {
  const body = () => ({
    vehicle,
    title: 'Insurance',
    documentType: 'insurance',
    issuedDate: '2026-01-01',
  })

  it('expires after its issue', async () => {
    const refused = await owner.api
      .post('/api/documents')
      .send({ ...body(), expirationDate: '2025-12-31' })
      .expect(400)
    expect(refused.text).toContain('must be later than the issue date, 2026-01-01, not 2025-12-31')
    await owner.api
      .post('/api/documents')
      .send({ ...body(), expirationDate: '2027-01-01' })
      .expect(201)
  })

  it('is of a kind that is known', async () => {
    const refused = await owner.api
      .post('/api/documents')
      .send({ ...body(), documentType: 'recipe' })
      .expect(400)
    expect(refused.text).toContain('must be one of insurance, registration, manual')
  })

  it('takes nothing about its file from its owner', async () => {
    const file = {
      storageKey: 'a/b',
      storageBucket: 'c',
      fileName: 'd',
      fileSize: 5,
      fileHash: 'e',
      trashedWithVehicle: true,
    }
    const made = await owner.api
      .post('/api/documents')
      .send({ ...body(), ...file })
      .expect(201)
    expect(docOf(made)).toMatchObject({ fileName: null, fileSize: null })
    const { rows } = await forecourt.sql(
      'select storage_key, trashed_with_vehicle from documents where id = $1',
      [docOf(made)['id']],
    )
    expect(rows).toEqual([{ storage_key: null, trashed_with_vehicle: false }])
  })
})

describe('a profile', () => {
  it('is its owner’s by name, and an admin’s by tier', async () => {
    const path = `/api/user-profiles/${owner.profile}`
    const all = {
      displayName: 'Ann',
      notificationEmail: 'ann@example.com',
      subscriptionTier: 'pro',
      emailVerified: true,
      email: 'x@example.com',
    }
    const mine = await owner.api.patch(path).send(all).expect(200)
    expect(docOf(mine)).toMatchObject({
      displayName: 'Ann',
      notificationEmail: 'ann@example.com',
      subscriptionTier: 'free',
      emailVerified: false,
      email: owner.email,
    })
    const admin = await forecourt.as('admin')
    const theirs = await admin
      .patch(path)
      .send({ displayName: 'Bob', subscriptionTier: 'pro' })
      .expect(200)
    expect(docOf(theirs)).toMatchObject({ displayName: 'Ann', subscriptionTier: 'pro' })
    await admin.patch(path).send({ subscriptionTier: 'gold' }).expect(400)
  })

  it('is nobody else’s', async () => {
    const other = await forecourt.asOwner()
    await other.api.get(`/api/user-profiles/${owner.profile}`).expect(404)
    await other.api
      .post('/api/user-profiles')
      .send({ auth0Sub: 'x', email: 'x@example.com' })
      .expect(403)
    await (await forecourt.as('manager')).get('/api/user-profiles').expect(403)
  })
})
