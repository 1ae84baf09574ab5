import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildConfig, type Endpoint, type SanitizedConfig } from 'payload'
import sharp from 'sharp'
import type { Response } from 'supertest'
import yazl from 'yazl'
import { z } from 'zod'
import { createDatabaseAdapter } from '../../src/database/adapter.ts'
import { findOperationSpec } from '../../src/api/openapi/operation.ts'
import { aFuelLog, anyVin } from '../support/builders.ts'
import {
  approveOffer,
  findSubmission,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import { saveCarPhoto } from '../support/car-photo.ts'
import { createPicture } from '../support/http-photos.ts'
import { buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import {
  createOperationChecks,
  expectStrangersRefused,
  isRoomOperation,
  formatOperationName,
} from '../support/openapi-requests.ts'
import { createPdf, fileOf, sendRaw, uploadFile } from '../support/owner-files.ts'
import { type OpenapiStage, openOpenapiStage } from '../support/openapi-stage.ts'
import { testSettings } from '../support/settings.ts'
import {
  anOffer,
  aPicture,
  linkTo,
  offerCar,
  type Offered,
  photoOf,
  readToken,
  sendPhoto,
} from '../support/submissions.ts'
import { waitUntil } from '../support/work.ts'

let stage: OpenapiStage
beforeAll(async () => {
  stage = await openOpenapiStage()
}, 120_000)
afterAll(() => stage.close())

/** Every endpoint of a configuration, by where it is. */
const endpointsOf = ({ endpoints, collections }: SanitizedConfig) => [
  ...endpoints.map((endpoint) => ({ base: '', endpoint })),
  ...collections.flatMap(({ slug, endpoints }) =>
    (endpoints || []).map((endpoint) => ({ base: slug, endpoint })),
  ),
]
const placeOf = (endpoint: Pick<Endpoint, 'method' | 'path'>) =>
  `${endpoint.method} ${endpoint.path}`

/** What Payload itself brings, to a collection that can do everything. */
async function ofPayload(): Promise<Set<string>> {
  const able = {
    slug: 'able',
    auth: true,
    upload: true,
    trash: true,
    versions: true,
    fields: [],
  } as const
  const db = createDatabaseAdapter(
    testSettings({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }),
    () => undefined,
  )
  const config = await buildConfig({
    secret: 'none',
    db,
    sharp,
    collections: [{ ...able, fields: [] }],
  })
  return new Set(
    endpointsOf(config).map(
      ({ base, endpoint }) => `${base && 'in a collection'} ${placeOf(endpoint)}`,
    ),
  )
}

/** The smallest archive that an account can import. */
function createArchive(): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(Buffer.from('{}'), 'about.json')
  zip.end()
  return buffer(zip.outputStream as Readable)
}

describe('an endpoint of ours', () => {
  it('states what it takes and answers', async () => {
    const known = await ofPayload()
    const own = endpointsOf(stage.forecourt.payload.config).filter(
      ({ base, endpoint }) => !known.has(`${base && 'in a collection'} ${placeOf(endpoint)}`),
    )
    expect(own.length).toBeGreaterThan(20)
    expect(
      own
        .filter(({ endpoint }) => !findOperationSpec(endpoint))
        .map(({ base, endpoint }) => `${base} ${placeOf(endpoint)}`),
    ).toEqual([])
  })

  it('states it once, in words, with every part of its path, and in schemas that OpenAPI can have', () => {
    const { operations } = stage
    expect(new Set(operations.map(formatOperationName)).size).toBe(operations.length)
    for (const { path, statement } of operations) {
      const { summary, audience, params, query, body, responses } = statement
      expect([path, summary.length > 10, audience.length > 0]).toEqual([path, true, true])
      expect([path, ...Object.keys(params?.shape ?? {})]).toEqual([
        path,
        ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      ])
      for (const taken of [params, query, body]) if (taken) z.toJSONSchema(taken, { io: 'input' })
      for (const { schema } of Object.values(responses)) if (schema) z.toJSONSchema(schema)
      expect([path, Object.keys(responses).some((status) => Number(status) < 400)]).toEqual([
        path,
        true,
      ])
    }
  })
})

describe('what really comes', () => {
  const { expectAnswer, succeeded } = createOperationChecks(() => stage.operations)

  it('to owners about their accounts is what is stated', async () => {
    const { signInOwner } = stage.forecourt
    const { api } = await signInOwner({ claims: { 'https://forecourt/email_verified': false } })
    await expectAnswer('GET /api/me', 200, api.get('/api/me'))
    await expectAnswer(
      'POST /api/onboarding/preferences',
      403,
      api.post('/api/onboarding/preferences'),
    )
    await expectAnswer(
      'POST /api/auth/signup',
      400,
      api.post('/api/auth/signup').send({ version: 2 }),
    )
    await expectAnswer(
      'POST /api/auth/signup',
      409,
      api.post('/api/auth/signup').send({ acceptTerms: true, version: '1.0' }),
    )
    await expectAnswer(
      'POST /api/auth/signup',
      201,
      api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }),
    )
    await expectAnswer('GET /api/auth/verify', 200, api.get('/api/auth/verify'))
    await expectAnswer(
      'POST /api/auth/resend-verification',
      202,
      api.post('/api/auth/resend-verification'),
    )
    await expectAnswer('GET /api/onboarding', 200, api.get('/api/onboarding'))
    await expectAnswer('POST /api/onboarding/complete', 409, api.post('/api/onboarding/complete'))
    await expectAnswer(
      'POST /api/onboarding/preferences',
      200,
      api.post('/api/onboarding/preferences').send({ unitSystem: 'metric' }),
    )
    await expectAnswer(
      'POST /api/onboarding/vehicle',
      200,
      api.post('/api/onboarding/vehicle').send({ vin: anyVin() }),
    )
    await expectAnswer('POST /api/onboarding/complete', 200, api.post('/api/onboarding/complete'))
    const to = 'stated@forecourt.example'
    await expectAnswer('PATCH /api/me', 400, api.patch('/api/me').send({ email: to }))
    await expectAnswer(
      'PATCH /api/me',
      200,
      api.patch('/api/me').send({ notificationEmail: to, displayName: 'Ann' }),
    )
    const { rows } = await stage.forecourt.sql(
      'select text from outgoing_mails where recipient = $1',
      [to],
    )
    const confirm = `/api/me/notification-email/confirm?token=${/token=(\S+)/.exec(String(rows[0].text))?.[1]}`
    await expectAnswer(
      'GET /api/me/notification-email/confirm',
      200,
      stage.forecourt.anonymous.get(confirm),
    )
    await expectAnswer(
      'GET /api/me/notification-email/confirm',
      410,
      stage.forecourt.anonymous.get(confirm),
    )
    await expectAnswer('GET /api/me/export', 200, api.get('/api/me/export'))
    const archive = await createArchive()
    const importPath = '/api/me/import?mode=preview'
    const send = (bytes: Buffer, type: string) =>
      api.post(importPath).set('content-type', type).send(bytes)
    await expectAnswer('POST /api/me/import', 200, send(archive, 'application/zip'))
    await expectAnswer('POST /api/me/import', 400, send(Buffer.from('no'), 'application/zip'))
    await expectAnswer('POST /api/me/import', 415, send(archive, 'text/plain'))
    await expectAnswer('POST /api/me/deletion', 202, api.post('/api/me/deletion'))
    await expectAnswer('GET /api/me', 200, api.get('/api/me'))
    await expectAnswer('DELETE /api/me/deletion', 200, api.delete('/api/me/deletion'))
    await expectAnswer('POST /api/me/deactivate', 200, api.post('/api/me/deactivate'))
    await expectAnswer('POST /api/me/reactivate', 200, api.post('/api/me/reactivate'))
  })

  it('of the trash, the garage admins and the outbox is what is stated', async () => {
    const { admin, onboardOwner, aVehicle } = stage
    const [ann, bob] = [await onboardOwner(), await onboardOwner()]
    const vehicle = await aVehicle(ann)
    const document = (
      await ann.api
        .post('/api/documents')
        .send({ vehicle, title: 'Policy', documentType: 'insurance' })
    ).body.doc.id as string
    for (const [slug, id] of [
      ['documents', document],
      ['vehicles', vehicle],
    ] as const) {
      await ann.api.delete(`/api/${slug}/${id}`).expect(200)
      await expectAnswer(
        `POST /api/${slug}/{id}/restore`,
        200,
        ann.api.post(`/api/${slug}/${id}/restore`),
      )
    }
    const grant = (body: object) => admin.post('/api/admin-users/grant').send(body)
    await expectAnswer('POST /api/admin-users/grant', 400, grant({}))
    await expectAnswer('POST /api/admin-users/grant', 404, grant({ subject: 'auth0|nobody' }))
    await expectAnswer('POST /api/admin-users/grant', 201, grant({ subject: ann.subject }))
    await expectAnswer('POST /api/admin-users/grant', 201, grant({ email: bob.email }))
    const of = (action: string, { subject }: { subject: string }) =>
      admin.post(`/api/admin-users/${encodeURIComponent(subject)}/${action}`)
    await expectAnswer('POST /api/admin-users/{id}/revoke', 200, of('revoke', bob))
    await expectAnswer('POST /api/admin-users/{id}/revoke', 409, of('revoke', ann))
    await expectAnswer('POST /api/admin-users/{id}/restore', 200, of('restore', bob))
    const { docs } = (await admin.get('/api/outgoing-mails?limit=1').expect(200)).body as {
      docs: { id: string }[]
    }
    await expectAnswer(
      'GET /api/outgoing-mails/{id}/preview',
      200,
      admin.get(`/api/outgoing-mails/${docs[0]?.id}/preview`),
    )
  })

  it('of the fuel of a vehicle is what is stated', async () => {
    const ann = await stage.onboardOwner()
    const vehicle = await stage.aVehicle(ann)
    const log = { vehicle, fuelUnits: 10, costPerUnit: 3.5, fuelType: 'gasoline' }
    for (const [dateTime, odometer] of [
      ['2026-01-01T10:00:00Z', 1000],
      ['2026-01-11T10:00:00Z', 1300],
    ])
      await ann.api
        .post('/api/fuel-logs')
        .send({ ...log, dateTime, odometer })
        .expect(201)
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const part of ['stats', 'fuel-logs']) {
      const [name, path] = [`GET /api/vehicles/{id}/${part}`, `/api/vehicles/${vehicle}/${part}`]
      await expectAnswer(name, 200, ann.api.get(path))
      await expectAnswer(name, 400, ann.api.get(`${path}?limit=0`))
      await expectAnswer(name, 404, ann.api.get(path.replace(vehicle, nobody)))
    }
    const imported = 'POST /api/vehicles/{id}/import'
    const send = (type: string, to = vehicle) =>
      ann.api
        .post(`/api/vehicles/${to}/import`)
        .set('content-type', type)
        .send('Date,Odometer,Gallons,Cost\n2026-01-05 10:00,100,5,15\n2026-01-06,ten,5,15\n')
    await expectAnswer(imported, 200, send('text/csv'))
    await expectAnswer(imported, 415, send('application/json'))
    await expectAnswer(imported, 404, send('text/csv', nobody))
    const exported = `/api/vehicles/${vehicle}/export`
    await expectAnswer('GET /api/vehicles/{id}/export', 200, ann.api.get(exported))
    await expectAnswer('GET /api/vehicles/{id}/export', 400, ann.api.get(`${exported}?format=docx`))
    await expectAnswer('GET /api/fuel-types', 200, stage.forecourt.anonymous.get('/api/fuel-types'))
  })

  it('of what is due and of calendars is what is stated', async () => {
    const ann = await stage.onboardOwner()
    const vehicle = await stage.aVehicle(ann)
    const schedule = {
      vehicle,
      category: 'Inspection',
      intervalMonths: 12,
      lastServiceDate: '2026-02-01',
    }
    await ann.api.post('/api/maintenance-schedules').send(schedule).expect(201)
    const { anonymous } = stage.forecourt
    const nobody = '00000000-0000-4000-8000-000000000000'
    const name = 'GET /api/vehicles/{id}/due'
    await expectAnswer(name, 200, ann.api.get(`/api/vehicles/${vehicle}/due`))
    await expectAnswer(name, 404, ann.api.get(`/api/vehicles/${nobody}/due`))
    await expectAnswer('GET /api/me/due', 200, ann.api.get('/api/me/due'))
    const feed = '/api/me/calendar-feed'
    const { body } = await expectAnswer(`POST ${feed}`, 201, ann.api.post(feed))
    await expectAnswer(`GET ${feed}`, 200, ann.api.get(feed))
    const calendar = (path: string) =>
      expectAnswer(
        'GET /api/calendar/{token}',
        path.endsWith('/x') ? 404 : 200,
        anonymous.get(path),
      )
    await calendar(new URL(String(body.url)).pathname)
    await calendar('/api/calendar/x')
    await expectAnswer(`DELETE ${feed}`, 200, ann.api.delete(feed))
    await expectAnswer(`DELETE ${feed}`, 404, ann.api.delete(feed))
    const subtypes = 'GET /api/maintenance/subtypes/{category}'
    await expectAnswer(subtypes, 200, anonymous.get('/api/maintenance/subtypes/Repair'))
    const all = '/api/maintenance/subtypes'
    await expectAnswer(`GET ${all}`, 200, anonymous.get(all))
    await expectAnswer(subtypes, 404, anonymous.get('/api/maintenance/subtypes/Oil'))
  })

  it('of documents and files is what is stated', async () => {
    const ann = await stage.onboardOwner()
    const vehicle = await stage.aVehicle(ann)
    const nobody = '00000000-0000-4000-8000-000000000000'
    const status = (id: string) => ann.api.get(`/api/vehicles/${id}/documents-status`)
    await expectAnswer('GET /api/vehicles/{id}/documents-status', 200, status(vehicle))
    await expectAnswer('GET /api/vehicles/{id}/documents-status', 404, status(nobody))
    const photo = await createPicture(64, 48).jpeg().toBuffer()
    for (const [slug, body] of [
      ['documents', { title: 'Policy', documentType: 'insurance' }],
      ['fuel-logs', aFuelLog(vehicle)],
      ['maintenance-logs', { category: 'Repair', serviceDate: '2026-02-01' }],
    ] as const) {
      const made = await ann.api
        .post(`/api/${slug}`)
        .send({ vehicle, ...body })
        .expect(201)
      const row = `${slug}/${String(made.body.doc.id)}`
      const posted = `POST /api/${slug}/{id}/files`
      const answer = await expectAnswer(posted, 201, uploadFile(ann.api, row, photo, 'a.jpg'))
      await expectAnswer(posted, 415, uploadFile(ann.api, row, Buffer.from('x')))
      await expectAnswer(posted, 404, uploadFile(ann.api, `${slug}/${nobody}`, photo))
      await expectAnswer(`GET /api/${slug}/{id}/files`, 200, ann.api.get(`/api/${row}/files`))
      const { url, previewUrl } = fileOf(answer)
      await expectAnswer('GET /api/files/{id}', 200, ann.api.get(url))
      await expectAnswer('GET /api/files/{id}/preview', 200, ann.api.get(String(previewUrl)))
      const put = (bytes: Buffer) => sendRaw(ann.api, url, bytes, { method: 'put' })
      await expectAnswer('PUT /api/files/{id}', 200, put(await createPdf()))
      await expectAnswer('PUT /api/files/{id}', 400, put(Buffer.alloc(0)))
      await expectAnswer('GET /api/files/{id}/preview', 404, ann.api.get(String(previewUrl)))
      await expectAnswer('DELETE /api/files/{id}', 200, ann.api.delete(url))
      await expectAnswer('DELETE /api/files/{id}', 404, ann.api.delete(url))
    }
    const image = `/api/vehicles/${vehicle}/image`
    const name = 'api/vehicles/{id}/image'
    await expectAnswer(`GET /${name}`, 404, ann.api.get(image))
    await expectAnswer(`PUT /${name}`, 200, sendRaw(ann.api, image, photo, { method: 'put' }))
    const pdf = await createPdf()
    await expectAnswer(`PUT /${name}`, 415, sendRaw(ann.api, image, pdf, { method: 'put' }))
    await expectAnswer(`GET /${name}`, 200, ann.api.get(image))
    await expectAnswer(`DELETE /${name}`, 200, ann.api.delete(image))
    await expectAnswer(`DELETE /${name}`, 404, ann.api.delete(image))
  })

  it('of sharing and transfer is what is stated', async () => {
    const [ann, ben] = [await stage.onboardOwner(), await stage.onboardOwner()]
    await stage.forecourt.sql('update user_profiles set email_verified = true')
    const vehicle = await stage.aVehicle(ann)
    await expectAnswer('GET /api/me/summary', 200, ann.api.get('/api/me/summary'))
    const [name, profiles] = ['GET /api/user-profiles/{id}/summary', '/api/user-profiles']
    const { admin } = stage
    const { profile } = await stage.forecourt.asOwner()
    await expectAnswer(name, 200, admin.get(`${profiles}/${profile}/summary`))
    await expectAnswer(name, 404, admin.get(`${profiles}/${vehicle}/summary`))
    await expectAnswer(name, 403, ann.api.get(`${profiles}/${profile}/summary`))
    const share = () =>
      expectAnswer(
        'POST /api/vehicles/{id}/shares',
        201,
        ann.api.post(`/api/vehicles/${vehicle}/shares`).send({ email: ben.email, role: 'viewer' }),
      )
    const { body: invited } = await share()
    const path = `/api/me/shares/${String(invited.id)}`
    await expectAnswer('POST /api/me/shares/{id}/accept', 404, ann.api.post(`${path}/accept`))
    await expectAnswer('POST /api/me/shares/{id}/accept', 200, ben.api.post(`${path}/accept`))
    await expectAnswer('GET /api/me/shares', 200, ann.api.get('/api/me/shares'))
    await expectAnswer('DELETE /api/me/shares/{id}', 200, ann.api.delete(path))
    await expectAnswer('DELETE /api/me/shares/{id}', 404, ann.api.delete(path))
    const offer = (status: number) =>
      expectAnswer(
        'POST /api/vehicles/{id}/transfer',
        status,
        ann.api
          .post(`/api/vehicles/${vehicle}/transfer`)
          .send({ email: ben.email, withCosts: true, withDocuments: false }),
      )
    const findOffer = async () => {
      const list = 'GET /api/me/transfers'
      const { body } = await expectAnswer(list, 200, ben.api.get('/api/me/transfers'))
      return `/api/me/transfers/${(body as { received: { id: string }[] }).received[0]?.id}`
    }
    await offer(201)
    await offer(409)
    const below = `/api/vehicles/${vehicle}`
    await expectAnswer('GET /api/vehicles/{id}/sharing', 200, admin.get(`${below}/sharing`))
    await expectAnswer('GET /api/vehicles/{id}/sharing', 403, ann.api.get(`${below}/sharing`))
    const { body: again } = await share()
    const ended = 'DELETE /api/vehicles/{id}/shares/{share}'
    const address = `${below}/shares/${String(again.id)}`
    await expectAnswer(ended, 200, admin.delete(address))
    await expectAnswer(ended, 404, admin.delete(address))
    const withdrawn = 'DELETE /api/vehicles/{id}/transfer'
    await expectAnswer(withdrawn, 200, admin.delete(`${below}/transfer`))
    await expectAnswer(withdrawn, 404, admin.delete(`${below}/transfer`))
    await offer(201)
    await expectAnswer('DELETE /api/me/transfers/{id}', 200, ann.api.delete(await findOffer()))
    await offer(201)
    const accepted = `${await findOffer()}/accept`
    await expectAnswer('POST /api/me/transfers/{id}/accept', 200, ben.api.post(accepted))
  })

  it('of offers to the dealer is what is stated', async () => {
    const { admin, forecourt } = stage
    const { anonymous } = forecourt
    const ann = await stage.onboardOwner()
    await forecourt.sql('update user_profiles set email_verified = true')
    const vehicle = await saveTrackedVehicle(forecourt, ann)
    const offer = `/api/vehicles/${vehicle}/submit-to-dealer`
    const name = '/api/vehicles/{id}/submit-to-dealer'
    await expectAnswer(`GET ${name}`, 404, ann.api.get(offer))
    const { body } = await expectAnswer(`POST ${name}`, 201, offerVehicle(ann, vehicle))
    await expectAnswer(`POST ${name}`, 409, offerVehicle(ann, vehicle))
    await expectAnswer(`POST ${name}`, 400, ann.api.post(offer).send({}))
    await expectAnswer(`GET ${name}`, 200, ann.api.get(offer))
    await expectAnswer(`GET ${name}`, 403, admin.get(offer))
    const { reference } = body as OfferedVehicle
    const submission = await findSubmission(forecourt, reference)
    const shared = `/api/pending-submissions/${submission}/history`
    const sharedName = 'GET /api/pending-submissions/{id}/history'
    await expectAnswer(sharedName, 200, admin.get(shared))
    await expectAnswer(sharedName, 401, anonymous.get(shared))
    await expectAnswer(sharedName, 404, admin.get(shared.replace(submission, vehicle)))
    await approveOffer(forecourt, reference)
    await expectAnswer(`DELETE ${name}`, 409, ann.api.delete(offer))
    await offerVehicle(ann, vehicle).expect(201)
    await expectAnswer(`DELETE ${name}`, 200, ann.api.delete(offer))
  })

  it('of the catalog is what is stated', async () => {
    const { admin, forecourt } = stage
    const option = { year: 2021, make: 'Honda', model: 'Accord', trim: 'Sport' }
    const engine = await admin.post('/api/engines').send({ name: '2.0L Turbo I4' }).expect(201)
    const gears = await admin.post('/api/transmissions').send({ type: 'Automatic' }).expect(201)
    const ids = { engine: engine.body.doc.id, transmission: gears.body.doc.id }
    await admin
      .post('/api/vehicle-options')
      .send({ ...option, ...ids })
      .expect(201)
    await expectAnswer('GET /api/catalog/years', 200, forecourt.anonymous.get('/api/catalog/years'))
    const queries = {
      makes: 'year=2021',
      models: 'year=2021&make=Honda',
      trims: 'year=2021&make=Honda&model=Accord',
      engines: 'year=2021&make=Honda&model=Accord&trim=Sport',
      transmissions: 'year=2021&make=Honda&model=Accord&trim=Sport',
    }
    for (const [list, query] of Object.entries(queries)) {
      const get = (given: string) => forecourt.anonymous.get(`/api/catalog/${list}?${given}`)
      const { body } = await expectAnswer(`GET /api/catalog/${list}`, 200, get(query))
      expect(body[list]).toHaveLength(1)
      await expectAnswer(`GET /api/catalog/${list}`, 400, get('year=no'))
    }
  })

  it('of what a VIN stands for is what is stated', async () => {
    const { admin, forecourt } = stage
    const ann = await stage.onboardOwner()
    const [name, path] = ['GET /api/vin/decode/{vin}', '/api/vin/decode/1HGCM82633A004352']
    await expectAnswer(name, 200, ann.api.get(`${path}?year=2003`))
    await expectAnswer(name, 200, admin.get(path))
    await expectAnswer(name, 400, ann.api.get(`${path}?year=soon`))
    await expectAnswer(name, 400, ann.api.get('/api/vin/decode/1HGCM82643A004352'))
    await expectAnswer(name, 401, forecourt.anonymous.get(path))
    const recalls = '/api/vin/recalls?make=Honda&model=Accord'
    await expectAnswer('GET /api/vin/recalls', 400, ann.api.get(recalls))
    await expectAnswer('GET /api/vin/recalls', 401, forecourt.anonymous.get(`${recalls}&year=2003`))
    await expectAnswer('GET /api/vin/recalls', 200, ann.api.get(`${recalls}&year=2003`))
  })

  it('of stations is what is stated', async () => {
    const { admin, forecourt } = stage
    const [ann, everyone] = [await stage.onboardOwner(), forecourt.anonymous]
    const photoReference = 'places/one/photos/two'
    const { body } = await admin
      .post('/api/stations')
      .send({ name: 'Corner Fuel', latitude: 39, longitude: -94, photoReference })
      .expect(201)
    const [station, nobody] = [body.doc.id as string, '00000000-0000-4000-8000-000000000000']
    const nearby = (query: string) => everyone.get(`/api/stations/nearby?${query}`)
    const found = await expectAnswer('GET /api/stations/nearby', 200, nearby('lat=39&lng=-94'))
    expect(found.body.docs).toHaveLength(1)
    await expectAnswer('GET /api/stations/nearby', 400, nearby('lat=39'))
    const photo = 'GET /api/stations/{id}/photo'
    await stage.storePhoto(photoReference)
    await expectAnswer(photo, 200, everyone.get(`/api/stations/${station}/photo`))
    await expectAnswer(photo, 404, everyone.get(`/api/stations/${nobody}/photo`))
    const path = `/api/stations/${station}/reports`
    const report = (about: object, id = station) =>
      ann.api.post(path.replace(station, id)).send(about)
    const posted = 'POST /api/stations/{id}/reports'
    const answer = await expectAnswer(posted, 201, report({ has93Octane: true }))
    await expectAnswer(posted, 400, report({}))
    await expectAnswer(posted, 403, admin.post(path).send({ has93Octane: true }))
    await expectAnswer(posted, 404, report({ has93Octane: true }, nobody))
    await expectAnswer('GET /api/stations/{id}/reports', 200, admin.get(path))
    await expectAnswer(
      'GET /api/stations/{id}/reports',
      404,
      admin.get(path.replace(station, nobody)),
    )
    const removed = 'POST /api/community-stations/{id}/remove'
    const remove = (reason: string, id = answer.body.doc.id as string, api = ann.api) =>
      api.post(`/api/community-stations/${id}/remove`).send({ reason })
    await expectAnswer(removed, 400, remove(''))
    await expectAnswer(removed, 404, remove('Nothing', nobody, admin))
    await expectAnswer(removed, 200, remove('Closed'))
    await expectAnswer(removed, 409, remove('Another reason'))
  })

  it('of submissions is what is stated, for customers', async () => {
    const { anonymous, sql } = stage.forecourt
    const create = 'POST /api/submissions'
    const send = (body: object) => anonymous.post('/api/submissions').send(body)
    const offer = anOffer()
    const { body } = await expectAnswer(create, 201, send(offer))
    await expectAnswer(create, 409, send(offer))
    await expectAnswer(create, 400, send({}))
    const chassis = { vin: 'BNR32-012345', year: 1991, confirmVin: true }
    await expectAnswer(create, 201, send(anOffer(chassis)))
    const { reference, url } = body as { reference: string; url: string }
    const link = { reference, token: readToken(url), id: '' }
    const path = `/api/submissions/{reference}`
    const photo = await createPicture(64, 48).jpeg().toBuffer()
    const upload = (below: string) => anonymous.post(linkTo(link, below)).attach('file', photo, 'a')
    await expectAnswer(`GET ${path}`, 200, anonymous.get(linkTo(link)))
    await expectAnswer(`GET ${path}/page`, 200, anonymous.get(linkTo(link, '/page')))
    const added = await expectAnswer(`POST ${path}/photos`, 201, upload('/photos'))
    await expectAnswer(`POST ${path}/page/photos`, 303, upload('/page/photos').redirects(0))
    const shown = linkTo(link, `/photos/${photoOf(added).id}`)
    await expectAnswer(`GET ${path}/photos/{id}`, 200, anonymous.get(shown))
    await expectAnswer(`DELETE ${path}/photos/{id}`, 200, anonymous.delete(shown))
    await expectAnswer(`GET ${path}/photos/{id}`, 404, anonymous.get(shown))
    const answer = () => anonymous.post(linkTo(link, '/answer')).send({ text: 'None' })
    await expectAnswer(`POST ${path}/answer`, 409, answer())
    await sql(
      "update pending_submissions set submission_status = 'info_wanted' where reference = $1",
      [reference],
    )
    await expectAnswer(`POST ${path}/answer`, 200, answer())
    await expectAnswer(`POST ${path}/photos`, 409, upload('/photos'))
    await expectAnswer(`POST ${path}/page/photos`, 409, upload('/page/photos'))
    const form = (action: string) =>
      anonymous.post(linkTo(link, '/page')).type('form').send({ action }).redirects(0)
    await expectAnswer(`POST ${path}/page`, 400, form('approve'))
    await expectAnswer(`POST ${path}/page`, 303, form('withdraw'))
    const withdraw = (one: Offered) => anonymous.post(linkTo(one, '/withdraw'))
    await expectAnswer(`POST ${path}/withdraw`, 409, withdraw(link))
    const other = await offerCar(stage.forecourt)
    await expectAnswer(`POST ${path}/withdraw`, 200, withdraw(other))
  })

  it('of submissions is what is stated, for staff', async () => {
    const { admin, forecourt } = stage
    const offered = await offerCar(forecourt)
    await sendPhoto(forecourt.anonymous, offered, await aPicture()).expect(201)
    const base = `/api/pending-submissions/${offered.id}`
    const path = '/api/pending-submissions/{id}'
    await expectAnswer(`GET ${path}/flags`, 200, admin.get(`${base}/flags`))
    const { body } = await expectAnswer(`GET ${path}/photos`, 200, admin.get(`${base}/photos`))
    const [photo] = body.photos as { url: string }[]
    await expectAnswer(`GET ${path}/photos/{photo}`, 200, admin.get(String(photo?.url)))
    await expectAnswer(`POST ${path}/new-link`, 200, admin.post(`${base}/new-link`))
    const gone = base.replace(offered.id, '00000000-0000-4000-8000-000000000000')
    await expectAnswer(`GET ${path}/flags`, 404, admin.get(`${gone}/flags`))
    await expectAnswer(`GET ${path}/adf`, 200, admin.get(`${base}/adf`))
    await expectAnswer(`GET ${path}/adf`, 404, admin.get(`${gone}/adf`))
    await expectAnswer(`POST ${path}/new-link`, 404, admin.post(`${gone}/new-link`))
  })

  it('of the sitemap is what is stated', async () => {
    const { anonymous, sql } = stage.forecourt
    const sitemap = () => anonymous.get('/api/sitemap.xml')
    await expectAnswer('GET /api/sitemap.xml', 404, sitemap())
    await sql(`update dealership set car_url_template = 'https://cars.example/{slug}'`)
    await waitUntil(async () => (await sitemap()).status === 200, 'the sitemap is there')
    await expectAnswer('GET /api/sitemap.xml', 200, sitemap())
  })

  it('of the review of submissions is what is stated', async () => {
    const { admin, forecourt } = stage
    const base = '/api/pending-submissions'
    const submit = async (): Promise<string> => {
      const car = { year: 2019, make: 'Honda', model: 'Civic', vin: anyVin(), mileage: 52_000 }
      return (await admin.post(base).send(car).expect(201)).body.doc.id
    }
    const [taken, refused] = [await submit(), await submit()]
    const nobody = '00000000-0000-4000-8000-000000000000'
    const post = (step: string, body: object, id = taken) =>
      admin.post(`${base}/${id}/${step}`).send(body)
    for (const part of ['review', 'market']) {
      const name = `GET ${base}/{id}/${part}`
      await expectAnswer(name, 200, admin.get(`${base}/${taken}/${part}`))
      await expectAnswer(name, 404, admin.get(`${base}/${nobody}/${part}`))
      await expectAnswer(name, 401, forecourt.anonymous.get(`${base}/${taken}/${part}`))
    }
    const steps: [string, object, string][] = [
      ['assign', { assignee: null }, taken],
      ['start-review', {}, taken],
      ['ask', { question: 'How many keys are there?' }, taken],
      ['approve', { price: 12_900 }, taken],
      ['reject', { reason: 'Too many miles.' }, refused],
    ]
    for (const [step, body, id] of steps)
      await expectAnswer(`POST ${base}/{id}/${step}`, 200, post(step, body, id))
    for (const [step, body] of steps) {
      await expectAnswer(`POST ${base}/{id}/${step}`, 409, post(step, body))
      await expectAnswer(`POST ${base}/{id}/${step}`, 404, post(step, body, nobody))
    }
    await expectAnswer(`POST ${base}/{id}/ask`, 400, post('ask', {}))
  })

  it('of the jobs is what is stated', async () => {
    const { admin } = stage
    const run = await stage.createFailedRun()
    await expectAnswer('GET /api/jobs', 200, admin.get('/api/jobs'))
    await expectAnswer('GET /api/jobs/runs', 200, admin.get('/api/jobs/runs'))
    await expectAnswer('GET /api/jobs/runs', 400, admin.get('/api/jobs/runs?hours=no'))
    await expectAnswer('POST /api/jobs/{task}/run', 202, admin.post('/api/jobs/purge-accounts/run'))
    await expectAnswer('POST /api/jobs/{task}/run', 404, admin.post('/api/jobs/nothing/run'))
    await expectAnswer(
      'POST /api/jobs/runs/{id}/requeue',
      202,
      admin.post(`/api/jobs/runs/${run}/requeue`),
    )
    await expectAnswer(
      'POST /api/jobs/runs/{id}/requeue',
      409,
      admin.post(`/api/jobs/runs/${run}/requeue`),
    )
    const { status, type, data } = await stage.firstEvent()
    await expectAnswer('GET /api/jobs/live', 200, Promise.resolve({ status, type } as Response))
    const live = stage.operations.find(({ path }) => path === '/api/jobs/live')
    expect(
      live?.statement.responses[200]?.schema?.safeParse(JSON.parse(data)).error?.issues ?? [],
    ).toEqual([])
  })

  it('of the sizes of a photo is what is stated', async () => {
    const { size } = await saveCarPhoto(stage.forecourt)
    const read = 'GET /api/media/sizes/{filename}'
    const { anonymous } = stage.forecourt
    await expectAnswer(read, 200, anonymous.get(`/api/media/sizes/${size}`))
    await expectAnswer(read, 404, anonymous.get('/api/media/sizes/none.webp'))
  })

  it('of signing in is what is stated', async () => {
    stage.peer.signInAs(buildPerson())
    const walker = openSignInBrowser(stage.forecourt)
    await expectAnswer(
      'GET /auth/me',
      200,
      walker.api.get('/auth/me').set('Sec-Fetch-Site', 'same-origin'),
    )
    const away = await expectAnswer('GET /auth/{provider}', 303, walker.api.get('/auth/house'))
    const back = await walker.passProvider(new URL(String(away.headers['location'])))
    await expectAnswer('GET /auth/{provider}/callback', 200, walker.followCallback(back))
    await expectAnswer('GET /auth/{provider}/callback', 303, walker.followCallback(back))
    await expectAnswer(
      'GET /auth/me',
      200,
      walker.api.get('/auth/me').set('Sec-Fetch-Site', 'same-origin'),
    )
    await expectAnswer('POST /auth/logout', 403, walker.api.post('/auth/logout'))
    await expectAnswer(
      'POST /auth/logout',
      200,
      walker.api.post('/auth/logout').set('Sec-Fetch-Site', 'same-origin'),
    )
  })

  it('was asked of every operation of no room, and a stranger’s refusal is stated as well', async () => {
    const operations = stage.operations.filter((operation) => !isRoomOperation(operation))
    expect(succeeded()).toEqual(operations.map(formatOperationName).sort())
    await expectStrangersRefused(operations, stage.forecourt.anonymous)
  })
})
