import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createLocalReq, type PayloadRequest } from 'payload'
import supertest from 'supertest'
import { MASK } from '../../src/domain/audit-change.ts'
import type { Api } from '../support/api.ts'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'
import { type AuditEntry, type AuditLog, openAuditLog } from '../support/audit-log.ts'

let forecourt: TestForecourt
let auditLog: AuditLog
let admin: { id: string; api: Api }
let owner: Owner
let garageAdmin: Owner
let vehicle: string
let log: string

beforeAll(async () => {
  forecourt = await openForecourt()
  auditLog = openAuditLog(forecourt)
  const user = await saveUser(forecourt.payload, 'admin')
  const token = await fetchToken(forecourt.app, user)
  admin = {
    id: user.id,
    api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
  }
  owner = await forecourt.asOwner()
  garageAdmin = await forecourt.asOwner('garage admin')
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  const made = await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
  log = (made.body as { doc: { id: string } }).doc.id
})
afterAll(() => forecourt.close())

/**
 * How many lines there were; every test forgets its counts of the minute, so that none meets the
 * limit of another.
 */
let before = 0
beforeEach(async () => {
  await forecourt.sql('delete from trail_counts')
  before = (await auditLog.audit("action = 'look'")).length
})
const looked = async (): Promise<AuditEntry[]> =>
  (await auditLog.audit("action = 'look'")).slice(before)
const looksOf = async () => (await looked()).map(({ change }) => change?.looks)

describe('a look of an admin at rows of owners', () => {
  it('is one line: who, the collection, the filter and the rows that were given out', async () => {
    const answer = await admin.api
      .get('/api/vehicles')
      .query({ 'where[make][equals]': 'Honda' })
      .expect(200)
    const [line, ...more] = await looked()
    expect(more).toEqual([])
    expect(line).toMatchObject({
      actor_admin_id: `staff:${admin.id}`,
      resource_type: 'vehicles',
      resource_id: vehicle,
      request_id: answer.headers['x-request-id'],
      change: {
        looks: [
          {
            collection: 'vehicles',
            operation: 'find',
            filter: { make: { equals: 'Honda' } },
            ids: [vehicle],
            total: 1,
          },
        ],
      },
    })
  })

  it('names the garage admin by their subject', async () => {
    await garageAdmin.api.get(`/api/fuel-logs/${log}`).expect(200)
    expect(await looked()).toMatchObject([
      { actor_admin_id: garageAdmin.subject, resource_type: 'fuel-logs', resource_id: log },
    ])
  })

  it.each([
    ['user-profiles', 'email', 'somebody@example.com'],
    ['vehicles', 'licensePlate', 'SECRET 1'],
    ['fuel-logs', 'vehicle.vin', '1HGCM82633A004352'],
  ])('has what is asked of %s by %s masked', async (collection, path, value) => {
    await admin.api
      .get(`/api/${collection}`)
      .query({ [`where[and][0][${path}][equals]`]: value })
      .expect(200)
    expect(await looksOf()).toMatchObject([
      [{ collection, filter: { [path]: { equals: MASK } }, ids: [] }],
    ])
  })

  it('is a question for a number, too', async () => {
    await admin.api
      .get('/api/fuel-logs/count')
      .query({ 'where[userId][equals]': owner.subject })
      .expect(200)
    expect(await looksOf()).toEqual([
      [
        {
          collection: 'fuel-logs',
          operation: 'count',
          filter: { userId: { equals: owner.subject } },
          ids: [],
          total: 1,
        },
      ],
    ])
  })

  it('is one line with all that was filled in for it', async () => {
    await admin.api.get(`/api/fuel-logs/${log}`).query({ depth: 1 }).expect(200)
    expect(await looksOf()).toMatchObject([
      [
        { collection: 'vehicles', ids: [vehicle] },
        { collection: 'fuel-logs', ids: [log] },
      ],
    ])
  })

  it('is one line however many questions a GraphQL document asks', async () => {
    const { errors } = await queryGraphql(
      admin.api,
      '{ a: Vehicles { docs { id } } b: FuelLogs { docs { id vehicle { id make } } } c: ' +
        'countVehicles { totalDocs } }',
    )
    expect(errors).toBeUndefined()
    const [looks, ...more] = await looksOf()
    expect(more).toEqual([])
    const collections = looks?.map(({ collection, operation }) => `${operation} ${collection}`)
    expect(collections).toEqual(
      expect.arrayContaining(['find vehicles', 'find fuel-logs', 'count vehicles']),
    )
  })

  it('is a line when a GET comes as a POST', async () => {
    await admin.api
      .post('/api/vehicles')
      .set('X-Payload-HTTP-Method-Override', 'GET')
      .type('form')
      .send('limit=1')
      .expect(200)
    expect(await looksOf()).toMatchObject([[{ collection: 'vehicles', ids: [vehicle] }]])
  })

  it('is a line when the panel reads for an admin, and none when code of ours reads for itself', async () => {
    const { payload } = forecourt
    const user = {
      ...(await payload.findByID({ collection: 'users', id: admin.id, overrideAccess: true })),
      collection: 'users' as const,
    }
    const req = (): Promise<PayloadRequest> => createLocalReq({ user }, payload)
    await payload.find({ collection: 'vehicles', overrideAccess: true, req: await req() })
    expect(await looked()).toEqual([])
    await payload.find({ collection: 'vehicles', overrideAccess: false, req: await req() })
    expect(await looksOf()).toMatchObject([
      [
        { collection: 'fuel-logs', operation: 'join', ids: [log] },
        { collection: 'vehicles', operation: 'find', ids: [vehicle] },
      ],
    ])
  })

  it('is none at one’s own garage, nor is what owners read', async () => {
    const own = (await saveVehicle(forecourt.payload, garageAdmin.subject)).id
    await garageAdmin.api.get(`/api/vehicles/${own}`).expect(200)
    await garageAdmin.api
      .get('/api/vehicles')
      .query({ 'where[userId][equals]': garageAdmin.subject })
      .expect(200)
    await garageAdmin.api
      .get('/api/user-preferences')
      .query({ 'where[userId][equals]': garageAdmin.subject })
      .expect(200)
    await owner.api.get('/api/vehicles').expect(200)
    await owner.api.get(`/api/fuel-logs/${log}`).expect(200)
    expect(await looked()).toEqual([])
    await garageAdmin.api
      .get('/api/vehicles')
      .query({ 'where[id][in]': `${own},${vehicle}` })
      .expect(200)
    expect(await looksOf()).toMatchObject([[{ ids: [vehicle] }]])
    await forecourt.payload.delete({ collection: 'vehicles', id: own, overrideAccess: true })
  })

  it('is none of staff who are no admins, nor at what is no owner’s', async () => {
    await (await forecourt.as('manager')).get('/api/community-stations').expect(200)
    await admin.api.get('/api/inventory').expect(200)
    await admin.api.get('/api/users').expect(200)
    expect(await looked()).toEqual([])
  })

  it('gives nothing out when it cannot be written down', async () => {
    await forecourt.ownerSql(
      "alter table admin_audit_logs add constraint trail_is_broken check (action <> 'look') " +
        'not valid',
    )
    const answer = await admin.api.get('/api/vehicles')
    await forecourt.ownerSql('alter table admin_audit_logs drop constraint trail_is_broken')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain(vehicle)
  })
})
