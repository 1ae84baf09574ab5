import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { MASK } from '../../src/domain/audit-change.ts'
import { aCar, aFuelLog, saveCar, saveVehicle } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Api } from '../support/api.ts'
import type { Owner } from '../support/owners.ts'
import { type AuditLog, openAuditLog } from '../support/audit-log.ts'

type Staff = { id: string; api: Api }

let forecourt: TestForecourt
let auditLog: AuditLog
let admin: Staff
let manager: Staff
let owner: Owner
let garageAdmin: Owner

beforeAll(async () => {
  forecourt = await openForecourt()
  auditLog = openAuditLog(forecourt)
  admin = await aMember('admin')
  manager = await aMember('manager')
  owner = await forecourt.asOwner()
  garageAdmin = await forecourt.asOwner('garage admin')
})
afterAll(() => forecourt.close())

async function aMember(role: 'admin' | 'manager' | 'viewer'): Promise<Staff> {
  const user = await saveUser(forecourt.payload, role)
  const token = await fetchToken(forecourt.app, user)
  return {
    id: user.id,
    api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
  }
}

const about = (id: unknown) =>
  auditLog.activity('resource_id::text = $1 or resource_key = $1', [String(id)])
const audited = (id: unknown) => auditLog.audit('resource_id = $1', [String(id)])
const idOf = (body: unknown) => String((body as { doc: { id: string | number } }).doc.id)

describe('what staff change', () => {
  it('leaves a line each: who, what, field by field, from where and in which request', async () => {
    const made = await manager.api
      .post('/api/inventory')
      .set('User-Agent', 'a browser')
      .send(aCar())
      .expect(201)
    const id = idOf(made.body)
    await manager.api.patch(`/api/inventory/${id}`).send({ price: 23_900, trim: 'EX' }).expect(200)
    await admin.api.delete(`/api/inventory/${id}`).expect(200)
    const [create, update, gone, ...more] = await about(id)
    expect(more).toEqual([])
    expect(create).toMatchObject({
      user_id: manager.id,
      action: 'create',
      resource_type: 'inventory',
      resource_key: null,
      ip_address: expect.stringContaining('127.0.0.1'),
      user_agent: 'a browser',
      request_id: made.headers['x-request-id'],
    })
    expect(create?.change?.fields).toMatchObject({
      make: { from: null, to: 'Honda' },
      price: { from: null, to: 24_500 },
    })
    expect(update).toMatchObject({ user_id: manager.id, action: 'update' })
    expect(update?.change?.fields).toEqual({
      price: { from: 24_500, to: 23_900 },
      trim: { from: null, to: 'EX' },
    })
    expect(gone).toMatchObject({ user_id: admin.id, action: 'delete' })
    expect(gone?.change?.fields).toMatchObject({ price: { from: 23_900, to: null } })
  })

  it('leaves a line over GraphQL too, and one for each row of a change of many', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    const { errors } = await queryGraphql(
      manager.api,
      `mutation { updateInventory(id: "${one.id}", data: { trim: "LX" }) { id } }`,
    )
    expect(errors).toBeUndefined()
    await manager.api
      .patch('/api/inventory')
      .query({ 'where[id][in]': `${one.id},${other.id}` })
      .send({ featured: true })
      .expect(200)
    expect((await about(one.id)).map(({ change }) => Object.keys(change?.fields ?? {}))).toEqual([
      ['trim', 'updatedBy'],
      ['featured'],
    ])
    expect((await about(other.id)).map(({ action }) => action)).toEqual(['update'])
  })

  it('names the key of a row in a column of its own where it is no UUID', async () => {
    const made = await admin.api
      .post('/api/engines')
      .send({ name: 'An engine of the audit log' })
      .expect(201)
    expect(
      await auditLog.activity("resource_type = 'engines' and resource_key = $1", [idOf(made.body)]),
    ).toMatchObject([{ action: 'create', resource_id: null }])
  })

  it('tells no more of a session than its beginning, which opens nothing', async () => {
    const id = `sid-${'x'.repeat(28)}`
    await forecourt.sql('insert into session (sid, sess, expire) values ($1, $2, now())', [
      id,
      { passport: 'the key' },
    ])
    await admin.api.delete(`/api/sessions/${id}`).expect(200)
    const lines = await auditLog.activity("resource_type = 'sessions'")
    expect(lines).toMatchObject([{ action: 'delete', resource_key: `${id.slice(0, 8)}…` }])
    expect(JSON.stringify(lines)).not.toMatch(/the key|x{10}/)
  })

  it('is named for what it is: a role, a password, a deactivation', async () => {
    const { id } = await saveUser(forecourt.payload, 'viewer')
    for (const change of [
      { role: 'manager' },
      { password: 'another long password' },
      { isActive: false },
      { isActive: true },
    ])
      await admin.api.patch(`/api/users/${id}`).send(change).expect(200)
    const lines = await auditLog.activity('resource_id = $1', [id])
    expect(lines.map(({ action }) => action)).toEqual([
      'role_change',
      'password_change',
      'deactivate',
      'reactivate',
    ])
    expect(lines[0]?.change?.fields?.['role']).toEqual({ from: 'viewer', to: 'manager' })
    expect(lines[1]?.change?.fields).toEqual({})
    expect(JSON.stringify(lines)).not.toMatch(/another long password|hash|salt|session/)
  })

  it('is told whatever characters it is cut between', async () => {
    const car = await saveCar(forecourt.payload)
    await manager.api
      .patch(`/api/inventory/${car.id}`)
      .send({ description: `x${'😀'.repeat(400)}` })
      .expect(200)
    const [line] = await about(car.id)
    expect(String(line?.change?.fields?.['description']?.to)).toMatch(/^x(😀)+\uFFFD…$/u)
  })

  it('says how many rows went with the one that was deleted', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    for (const odometer of [1_000, 2_000])
      await owner.api.post('/api/fuel-logs').send(aFuelLog(id, { odometer })).expect(201)
    await admin.api.delete(`/api/vehicles/${id}`).query({ trash: 'true' }).expect(200)
    const [line] = await about(id)
    expect(line).toMatchObject({ action: 'delete', change: { taken: { 'fuel-logs': 2 } } })
  })
})

describe('the audit log of an owner’s rows', () => {
  it('has no line of what owners do themselves, nor of what the system does', async () => {
    const made = await owner.api
      .post('/api/vehicles')
      .send({ licensePlate: 'OWN 1', make: 'Honda' })
      .expect(201)
    const id = idOf(made.body)
    await owner.api.patch(`/api/vehicles/${id}`).send({ color: 'Red' }).expect(200)
    await forecourt.payload.update({
      collection: 'vehicles',
      id,
      data: { color: 'Blue' },
      overrideAccess: true,
    })
    expect([await about(id), await audited(id)]).toEqual([[], []])
  })

  it('has what staff do in both tables, with personal values masked and the fields named', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Betty' })
    await admin.api
      .patch(`/api/vehicles/${id}`)
      .send({ nickname: 'Daisy', licensePlate: 'SECRET 1', make: 'Acura' })
      .expect(200)
    const [line] = await about(id)
    const [audit] = await audited(id)
    expect(line).toMatchObject({
      user_id: admin.id,
      action: 'update',
      change: { owner: owner.subject },
    })
    expect(audit).toMatchObject({
      actor_admin_id: `staff:${admin.id}`,
      action: 'update',
      change: line?.change,
    })
    expect(line?.change?.fields).toMatchObject({
      nickname: { from: MASK, to: MASK },
      licensePlate: { from: null, to: MASK },
      make: { from: 'Honda', to: 'Acura' },
    })
    expect(JSON.stringify([line, audit])).not.toMatch(/Betty|Daisy|SECRET/)
  })

  it('names the trash and the way out of it', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    await garageAdmin.api.delete(`/api/vehicles/${id}`).expect(200)
    await garageAdmin.api.post(`/api/vehicles/${id}/restore`).expect(200)
    const lines = await audited(id)
    expect(lines.map(({ action, actor_admin_id: actor }) => [action, actor])).toEqual([
      ['trash', garageAdmin.subject],
      ['restore', garageAdmin.subject],
    ])
    expect(await about(id)).toEqual([])
  })

  it('says which admin an admin made or revoked', async () => {
    const other = await forecourt.asOwner('garage admin')
    await garageAdmin.api
      .patch(`/api/admin-users/${encodeURIComponent(other.subject)}`)
      .send({ revokedAt: new Date().toISOString() })
      .expect(200)
    expect(await auditLog.audit('target_admin_id = $1', [other.subject])).toMatchObject([
      {
        actor_admin_id: garageAdmin.subject,
        action: 'revoke',
        resource_type: 'admin-users',
        resource_id: other.subject,
      },
    ])
  })
})
