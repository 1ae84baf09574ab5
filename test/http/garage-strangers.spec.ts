import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let stranger: Owner
let owner: Owner
let vehicle: string
const rows: Record<string, string> = {}

const BODIES = {
  'fuel-logs': (id: string) => aFuelLog(id, { notes: 'secret words' }),
  'maintenance-logs': (id: string) => ({
    vehicle: id,
    category: 'Repair',
    serviceDate: '2026-02-01',
    notes: 'secret words',
  }),
  'maintenance-schedules': (id: string) => ({
    vehicle: id,
    category: 'Inspection',
    notes: 'secret words',
  }),
  documents: (id: string) => ({
    vehicle: id,
    title: 'Insurance',
    documentType: 'insurance',
    notes: 'secret words',
  }),
}
const ALL = [
  'vehicles',
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'documents',
  'user-preferences',
] as const
const ABOUT_VEHICLES = Object.keys(BODIES) as (keyof typeof BODIES)[]
const MISSING = '00000000-0000-4000-8000-000000000000'

/** The words of GraphQL for a collection: its type and its list. */
const GRAPHQL: Record<(typeof ALL)[number], [one: string, many: string]> = {
  vehicles: ['Vehicle', 'Vehicles'],
  'fuel-logs': ['FuelLog', 'FuelLogs'],
  'maintenance-logs': ['MaintenanceLog', 'MaintenanceLogs'],
  'maintenance-schedules': ['MaintenanceSchedule', 'MaintenanceSchedules'],
  documents: ['Document', 'Documents'],
  'user-preferences': ['UserPreference', 'UserPreferences'],
}

const idOf = (answer: { body: unknown }) => (answer.body as { doc: { id: string } }).doc.id

beforeAll(async () => {
  forecourt = await openForecourt()
  stranger = await forecourt.asOwner()
  owner = await forecourt.asOwner()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Mine' })).id
  rows['vehicles'] = vehicle
  for (const slug of ABOUT_VEHICLES)
    rows[slug] = idOf(await owner.api.post(`/api/${slug}`).send(BODIES[slug](vehicle)).expect(201))
  rows['user-preferences'] = idOf(
    await owner.api.post('/api/user-preferences').send({ currencyCode: 'EUR' }).expect(201),
  )
})

afterAll(() => forecourt.close())

const rowOf = (slug: string): string => rows[slug] ?? ''
const shown = (answer: { status: number; text: string }, id: string) => [
  answer.status,
  answer.text.replaceAll(id, 'ID'),
]

describe.each(ALL)('a stranger and %s', (slug) => {
  it('read nothing: a foreign id is answered as a missing one', async () => {
    const foreign = await stranger.api.get(`/api/${slug}/${rowOf(slug)}`)
    const missing = await stranger.api.get(`/api/${slug}/${MISSING}`)
    expect(shown(foreign, rowOf(slug))).toEqual(shown(missing, MISSING))
    expect(foreign.status).toBe(404)
    for (const path of [
      `/api/${slug}`,
      `/api/${slug}?trash=true`,
      `/api/${slug}?depth=2&limit=100`,
    ]) {
      const list = await stranger.api.get(path).expect(200)
      expect(list.body).toMatchObject({ totalDocs: 0, docs: [] })
    }
    const count = await stranger.api.get(`/api/${slug}/count`).expect(200)
    expect(count.body).toEqual({ totalDocs: 0 })
  })

  it('read nothing by GraphQL', async () => {
    const [one, many] = GRAPHQL[slug]
    const query =
      `{ ${one}(id: "${rowOf(slug)}") { id } ${many}(limit: 100) { totalDocs docs { id } } ` +
      `count${many} { totalDocs } }`
    const answer = await stranger.api.post('/api/graphql').send({ query })
    expect(answer.text).not.toContain(rowOf(slug))
    const { data } = answer.body as { data: Record<string, { totalDocs: number }> | null }
    expect(data?.[many]?.totalDocs ?? 0).toBe(0)
    expect(data?.[`count${many}`]?.totalDocs ?? 0).toBe(0)
  })

  it('change nothing', async () => {
    const foreign = await stranger.api
      .patch(`/api/${slug}/${rowOf(slug)}`)
      .send({ notes: 'mine now' })
    const missing = await stranger.api.patch(`/api/${slug}/${MISSING}`).send({ notes: 'mine now' })
    expect(shown(foreign, rowOf(slug))).toEqual(shown(missing, MISSING))
    expect(foreign.status).toBeGreaterThanOrEqual(403)
    const bulk = await stranger.api
      .patch(`/api/${slug}`)
      .query({ 'where[id][equals]': rowOf(slug) })
      .send({ notes: 'mine now' })
    expect(bulk.body).toMatchObject({ docs: [], errors: [] })
    const [one] = GRAPHQL[slug]
    const mutation = `mutation { update${one}(id: "${rowOf(slug)}", data: {}) { id } }`
    const graphql = await stranger.api.post('/api/graphql').send({ query: mutation })
    expect((graphql.body as { errors?: unknown[] }).errors).toHaveLength(1)
  })

  it('delete, trash and restore nothing', async () => {
    const paths = [`/api/${slug}/${rowOf(slug)}`, `/api/${slug}/${rowOf(slug)}?trash=true`]
    for (const path of paths)
      expect((await stranger.api.delete(path)).status).toBeGreaterThanOrEqual(403)
    await stranger.api.delete(`/api/${slug}`).query({ 'where[id][equals]': rowOf(slug) })
    expect(
      (await stranger.api.post(`/api/${slug}/${rowOf(slug)}/restore`)).status,
    ).toBeGreaterThanOrEqual(403)
    const [one] = GRAPHQL[slug]
    const mutation = `mutation { delete${one}(id: "${rowOf(slug)}") { id } }`
    const graphql = await stranger.api.post('/api/graphql').send({ query: mutation })
    expect((graphql.body as { errors?: unknown[] }).errors).toHaveLength(1)
    await owner.api.get(`/api/${slug}/${rowOf(slug)}`).expect(200)
  })

  it('own nothing by saying so', async () => {
    const mine = await owner.api
      .patch(`/api/${slug}/${rowOf(slug)}`)
      .send({ userId: stranger.subject })
      .expect(200)
    expect(mine.body).toMatchObject({ doc: { userId: owner.subject } })
  })
})

describe.each(ABOUT_VEHICLES)('a row of %s about a foreign vehicle', (slug) => {
  it('is refused as if the vehicle were not there', async () => {
    const foreign = await stranger.api.post(`/api/${slug}`).send(BODIES[slug](vehicle)).expect(400)
    const missing = await stranger.api.post(`/api/${slug}`).send(BODIES[slug](MISSING)).expect(400)
    expect(shown(foreign, vehicle)).toEqual(shown(missing, MISSING))
  })

  it('is refused on an update, one by one, in bulk and by GraphQL', async () => {
    const own = (await saveVehicle(forecourt.payload, stranger.subject)).id
    const id = idOf(await stranger.api.post(`/api/${slug}`).send(BODIES[slug](own)).expect(201))
    await stranger.api.patch(`/api/${slug}/${id}`).send({ vehicle }).expect(400)
    await stranger.api
      .patch(`/api/${slug}`)
      .query({ 'where[id][equals]': id })
      .send({ vehicle })
      .expect(400)
    const query =
      `mutation { update${GRAPHQL[slug][0]}(id: "${id}", data: { vehicle: "${vehicle}" }) {
        ` + 'id } }'
    const answer = await stranger.api.post('/api/graphql').send({ query })
    expect((answer.body as { errors?: unknown[] }).errors).toHaveLength(1)
    const kept = await stranger.api.get(`/api/${slug}/${id}`).expect(200)
    expect(kept.body).toMatchObject({ vehicle: own })
  })

  it('is not found by what the foreign vehicle is called', async () => {
    const requested = await stranger.api
      .get(`/api/${slug}`)
      .query({ 'where[vehicle.nickname][equals]': 'Mine' })
    expect(requested.body).not.toMatchObject({ totalDocs: 1 })
    expect(requested.text).not.toContain('Mine')
  })
})

describe('a stranger’s rows', () => {
  it('are theirs, whoever they say they are', async () => {
    const body = { vin: anyVin(), userId: owner.subject }
    const made = await stranger.api.post('/api/vehicles').send(body).expect(201)
    expect(made.body).toMatchObject({ doc: { userId: stranger.subject } })
  })

  it('show no rows of others as joins', async () => {
    const own = (await saveVehicle(forecourt.payload, stranger.subject)).id
    const answer = await stranger.api
      .get(`/api/vehicles/${own}`)
      .query({ 'joins[fuelLogs][limit]': 100, depth: 2 })
      .expect(200)
    expect(answer.body).toMatchObject({ fuelLogs: { docs: [] } })
  })

  it('are an admin’s to make, once it is said whose they are', async () => {
    const admin = await forecourt.as('admin')
    const vin = anyVin()
    const nobody = await admin.post('/api/vehicles').send({ vin }).expect(400)
    expect(nobody.text).toContain('Owner is required')
    const unknown = await admin
      .post('/api/vehicles')
      .send({ vin, userId: 'auth0|nobody' })
      .expect(400)
    expect(unknown.text).toContain('no active owner has the subject auth0|nobody')
    const made = await admin.post('/api/vehicles').send({ vin, userId: owner.subject }).expect(201)
    const moved = await admin
      .patch(`/api/vehicles/${idOf(made)}`)
      .send({ userId: stranger.subject })
      .expect(200)
    expect(moved.body).toMatchObject({ doc: { userId: owner.subject } })
    const foreign = await admin
      .post('/api/fuel-logs')
      .send({ ...aFuelLog(idOf(made)), userId: stranger.subject })
      .expect(400)
    expect(foreign.text).toContain('is not a vehicle of this owner')
  })
})

describe('an owner’s token', () => {
  it('says nothing when another service signed it, when it is broken, and in a cookie', async () => {
    const { openTokenService } = await import('../support/owners.ts')
    const forged = openTokenService().tokenFor(owner.subject)
    for (const token of [
      forged,
      `${owner.token}x`,
      owner.token.split('.').slice(0, 2).join('.'),
      'x',
      '..',
    ])
      await forecourt.anonymous
        .get('/api/vehicles')
        .set('Authorization', `Bearer ${token}`)
        .expect(401)
    await forecourt.anonymous
      .get('/api/vehicles')
      .set('Cookie', `forecourt-token=${owner.token}`)
      .expect(403)
  })

  it('says nothing once the account is deactivated', async () => {
    const leaving = await forecourt.asOwner()
    await leaving.api.get('/api/vehicles').expect(200)
    const admin = await forecourt.as('admin')
    await admin
      .patch(`/api/user-profiles/${leaving.profile}`)
      .send({ deactivatedAt: new Date().toISOString() })
      .expect(200)
    await leaving.api.get('/api/vehicles').expect(403)
  })

  it('says nothing to the product as it starts, which refuses every token', async () => {
    const { rejectEveryToken } = await import('../../src/auth/owners/owner-tokens.ts')
    expect(await rejectEveryToken(owner.token)).toBeNull()
  })
})
