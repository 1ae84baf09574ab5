import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type CollectionSlug, ValidationError } from 'payload'
import { findDatabaseRefusal } from '../../src/api/errors/database-refusal.ts'
import { aCar, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'

let forecourt: TestForecourt
let admin: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[admin, owner] = await Promise.all([forecourt.as('admin'), forecourt.asOwner()])
})
afterAll(() => forecourt.close())

/** What is said of a row that goes to the database past every check of ours. */
async function refused(collection: CollectionSlug, data: Record<string, unknown>) {
  const error: unknown = await forecourt.payload.db.create({ collection, data }).then(
    () => new Error('it was taken'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ValidationError)
    return { status: error.status, path: error.data.errors[0]?.path }
  return findDatabaseRefusal(error, forecourt.payload, data)
}

describe('what the database alone refuses', () => {
  const car = (about: object) => ({
    ...aCar(),
    title: 'A car',
    status: 'available',
    stockNumber: String(Math.random()),
    ...about,
  })

  it.each([
    ['a number outside its CHECK', { price: -1 }, { status: 422, path: 'price' }],
    ['a value that is none of its list', { status: 'gone' }, { status: 422, path: 'status' }],
    ['a column that is missing', { make: null }, { status: 422, path: 'make' }],
    ['a number out of range', { mileage: 3e9 }, { status: 400, path: 'mileage' }],
    ['a value of another form', { mileage: 'many' }, { status: 400, path: 'mileage' }],
    ['an id that is none', { sourceSubmission: 'abc' }, { status: 400, path: 'sourceSubmission' }],
    [
      'an id that nobody has',
      { sourceSubmission: NOBODY },
      { status: 400, path: 'sourceSubmission' },
    ],
    [
      'a text that is too long',
      { make: 'x'.repeat(101) },
      { status: 400, message: 'A value is too long for its column.' },
    ],
    ['a text with NUL', { make: 'a\0' }, { status: 400 }],
  ])('names its field: %s', async (_name, about, refusal) => {
    expect(await refused('inventory', car(about))).toMatchObject(refusal)
  })

  it('names the field of a duplicate, whatever its index is called', async () => {
    const { vin } = await saveCar(forecourt.payload)
    expect(await refused('inventory', car({ vin }))).toEqual({ status: 400, path: 'vin' })
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    const sameVin = { userId: owner.subject, vin: vehicle.vin, title: 'A vehicle' }
    expect(await refused('vehicles', sameVin)).toEqual({ status: 400, path: 'vin' })
    await refused('engines', { name: 'V8' })
    expect(await refused('engines', { name: 'v8' })).toEqual({ status: 400, path: 'name' })
  })

  it('names the fields of a rule over several columns', async () => {
    expect(
      await refused('vehicles', { userId: owner.subject, title: 'No identity' }),
    ).toMatchObject({ status: 422, path: 'vin' })
  })
})

describe('a write that the database refuses', () => {
  const saveAppraisal = async (): Promise<string> => {
    const car = { year: 2021, make: 'Honda', model: 'Accord' }
    const { doc } = (await admin.post('/api/pending-submissions').send(car).expect(201)).body
    const sheet = { submission: doc.id }
    return (await admin.post('/api/appraisals').send(sheet).expect(201)).body.doc.id
  }

  it('is answered at its field, in REST, in bulk and in GraphQL', async () => {
    const id = await saveAppraisal()
    const words = 'Submission refers to a row of pending-submissions that does not exist.'
    const data = { submission: NOBODY }
    const one = await admin.patch(`/api/appraisals/${id}`).send(data).expect(400)
    const refused = { message: words, code: 'validation_failed', path: 'submission' }
    expect(one.body.errors[0]).toEqual({
      ...refused,
      name: 'ValidationError',
      data: { errors: [{ path: 'submission', message: words }] },
    })
    const many = await admin.patch(`/api/appraisals?where[id][equals]=${id}`).send(data).expect(400)
    expect(many.body.errors).toEqual([{ id, ...refused, isPublic: true }])
    const { errors } = await queryGraphql(
      admin,
      `mutation { updateAppraisal(id: "${id}", data: { submission: "${NOBODY}" }) { id } }`,
    )
    expect(errors?.[0]).toMatchObject({ message: words, extensions: { statusCode: 400 } })
  })

  it.each(['abc', '1', { a: 1 }, ['x'], true, 5, `${NOBODY}x`])(
    'is a 4xx for an id that is none: %j',
    async (submission) => {
      const { status } = await admin.post('/api/appraisals').send({ submission })
      expect(status).toBe(400)
    },
  )

  it.each([
    String.raw`{"a":"b\u0000"}`,
    '{"a":1e400}',
    `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    `{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`,
  ])(
    'is a 4xx for JSON that cannot be kept, and the row for JSON that can: %#',
    async (details) => {
      const vehicle = await saveVehicle(forecourt.payload, owner.subject)
      const { status } = await owner.api
        .post('/api/documents')
        .set('content-type', 'application/json')
        .send(
          `{"vehicle":"${vehicle.id}","title":"A ` +
            `paper","documentType":"manual","details":${details}}`,
        )
      expect([201, 400]).toContain(status)
    },
  )
})

describe('a row that others refer to', () => {
  it('stays, and says how many of which tables refer to it', async () => {
    const { body } = await admin
      .post('/api/pending-submissions')
      .send({ year: 2021, make: 'Honda', model: 'Accord', vin: '1HGCM82633A004352' })
    const { id } = body.doc as { id: string }
    await saveCar(forecourt.payload, { sourceSubmission: id })
    const words =
      'is still in use by 1 row of inventory (sourceSubmission). Change or delete those first.'
    const one = await admin.delete(`/api/pending-submissions/${id}`).expect(409)
    expect(one.body.errors[0].message).toBe(`1HGCM82633A004352 ${words}`)
    const many = await admin.delete(`/api/pending-submissions?where[id][equals]=${id}`).expect(409)
    expect(many.body.errors[0].message).toContain(words)
    const { errors } = await queryGraphql(
      admin,
      `mutation { deletePendingSubmission(id: "${id}") { id } }`,
    )
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words),
      extensions: { statusCode: 409 },
    })
    await admin.get(`/api/pending-submissions/${id}`).expect(200)
  })

  it('stays too when only the database sees it', async () => {
    const { body } = await admin
      .post('/api/pending-submissions')
      .send({ year: 2021, make: 'Honda', model: 'Accord' })
    await saveCar(forecourt.payload, { sourceSubmission: body.doc.id })
    const error: unknown = await forecourt.payload.db
      .deleteOne({ collection: 'pending-submissions', where: { id: { equals: body.doc.id } } })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    expect(findDatabaseRefusal(error, forecourt.payload, undefined)).toEqual({
      status: 409,
      message: 'Rows of inventory refer to this row. Change or delete those first.',
    })
  })

  it('goes when what refers to it goes along or lets go', async () => {
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    await owner.api
      .post('/api/maintenance-logs')
      .send({ vehicle: vehicle.id, category: 'Repair', serviceDate: '2026-03-01' })
      .expect(201)
    await admin.delete(`/api/vehicles/${vehicle.id}?trash=true`).expect(200)
  })
})
