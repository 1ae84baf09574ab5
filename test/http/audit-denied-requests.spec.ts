import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { flushCounts } from '../../src/audit/aggregated-entries.ts'
import { MASK } from '../../src/domain/audit-change.ts'
import type { Api } from '../support/api.ts'
import { saveCar } from '../support/builders.ts'
import {
  openForecourt,
  type Role,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { type AuditLog, openAuditLog, withinOneMinute } from '../support/audit-log.ts'

let forecourt: TestForecourt
let auditLog: AuditLog
beforeAll(async () => {
  forecourt = await openForecourt()
  auditLog = openAuditLog(forecourt)
})
afterAll(() => forecourt.close())

async function aMember(
  role: Role,
): Promise<{ id: string; email: string; password: string; api: Api }> {
  const { id, email, password } = await saveUser(forecourt.payload, role)
  const token = await fetchToken(forecourt.app, { email, password })
  return {
    id,
    email,
    password,
    api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
  }
}

const signIn = (email: string, password: string) =>
  supertest(forecourt.app).post('/api/users/login').send({ email, password })
const ofUser = (id: string) => auditLog.activity('user_id = $1', [id])
const aboutAccount = (id: string) =>
  auditLog.activity("resource_type = 'users' and resource_id = $1", [id])

/** Makes the counts of the minute those of one that is over, and tells them. */
async function endTheMinute(): Promise<void> {
  await forecourt.sql("update trail_counts set minute = minute - interval '1 minute'")
  await Promise.all([flushCounts(forecourt.payload), flushCounts(forecourt.payload)])
}

describe('a sign-in', () => {
  it('leaves a line, and so does the sign-out', async () => {
    const { id, api } = await aMember('viewer')
    await api.post('/api/users/logout').expect(200)
    expect(await ofUser(id)).toMatchObject([
      {
        action: 'sign_in',
        resource_type: 'users',
        resource_id: id,
        ip_address: expect.stringContaining('127.0.0.1'),
      },
      { action: 'sign_out', resource_type: 'users', resource_id: id },
    ])
  })

  it('leaves one over GraphQL too', async () => {
    const { id, email, password } = await saveUser(forecourt.payload, 'viewer')
    await queryGraphql(
      forecourt.anonymous,
      `mutation { loginUser(email: "${email}", password: "${password}") { token } }`,
    )
    await queryGraphql(
      forecourt.anonymous,
      `mutation { loginUser(email: "${email}", password: "a wrong password") { token } }`,
    )
    expect((await aboutAccount(id)).map(({ action }) => action)).toEqual([
      'sign_in',
      'sign_in_failed',
    ])
  })

  it('that fails names the account and nobody as its doer, and never what was typed', async () => {
    const { id, email } = await saveUser(forecourt.payload, 'viewer')
    await signIn(email, 'a wrong password').expect(401)
    const [line, ...more] = await aboutAccount(id)
    expect(more).toEqual([])
    expect(line).toMatchObject({
      user_id: null,
      action: 'sign_in_failed',
      change: { reason: 'AuthenticationError' },
    })
    expect(JSON.stringify(line)).not.toContain('wrong')
  })

  it('that fails without an account says so little of it that a password in its place stays one', async () => {
    const address = '10.1.2.3'
    await signIn('Nobody@example.com', 'x'.repeat(12)).set('X-Forwarded-For', address).expect(401)
    await signIn('correct horse', 'x'.repeat(12)).expect(401)
    await signIn('\uD83D@example.com', 'x'.repeat(12)).expect(401)
    const lines = await auditLog.activity("action = 'sign_in_failed' and resource_id is null")
    expect(lines.map(({ change }) => change?.account)).toEqual([
      `N${MASK}@example.com`,
      MASK,
      `\uFFFD${MASK}@example.com`,
    ])
    expect(lines.map(({ ip_address: ip }) => ip)).not.toContain(address)
  })

  it(
    'of a deactivated account, one without tries left, or from an address without any fails ' +
      'with a line',
    async () => {
      const { id, email, password } = await saveUser(forecourt.payload, 'viewer')
      await forecourt.payload.update({
        collection: 'users',
        id,
        data: { isActive: false },
        overrideAccess: true,
      })
      await signIn(email, password).expect(403)
      await forecourt.sql('update sign_in_tries set points = 100 where key = $1', [
        `sign-in:account:${email}`,
      ])
      await signIn(email, password).expect(401)
      await forecourt.sql(
        "update sign_in_tries set points = 1000 where key like 'sign-in:address:%'",
      )
      await signIn(email, password).expect(429)
      await forecourt.sql("delete from sign_in_tries where key like 'sign-in:address:%'")
      expect((await aboutAccount(id)).map(({ change }) => change?.reason)).toEqual([
        expect.stringContaining('deactivated'),
        'AuthenticationError',
        expect.stringContaining('Too many sign-in attempts'),
      ])
      const admin = await aMember('admin')
      await admin.api.post('/api/users/unlock').send({ email }).expect(200)
      expect(await aboutAccount(id)).toContainEqual(
        expect.objectContaining({ action: 'unlock', user_id: admin.id }),
      )
    },
  )
})

describe('a refusal', () => {
  it('of staff leaves a line that says what they asked for', async () => {
    const car = await saveCar(forecourt.payload)
    const { id, api } = await aMember('viewer')
    await api.patch(`/api/inventory/${car.id}`).send({ price: 1 }).expect(403)
    await api.post('/api/users').send({ email: 'x@example.com' }).expect(403)
    const { errors } = await queryGraphql(
      api,
      `mutation { deleteInventory(id: "${car.id}") { id } }`,
    )
    expect(errors).toHaveLength(1)
    const lines = (await ofUser(id)).filter(({ action }) => action === 'denied')
    expect(lines).toMatchObject([
      {
        resource_type: 'inventory',
        resource_id: car.id,
        change: { asked: 'PATCH /api/inventory/:id' },
      },
      { resource_type: 'users', resource_id: null, change: { asked: 'POST /api/users' } },
      { resource_type: null, resource_id: null, change: { asked: 'GraphQL deleteInventory' } },
    ])
  })

  it('of a garage admin leaves one among the admins’, and of an owner or nobody none', async () => {
    const garageAdmin = await forecourt.asOwner('garage admin')
    const owner = await forecourt.asOwner()
    for (const { api } of [garageAdmin, owner, { api: forecourt.anonymous }])
      await api.post('/api/inventory').set('X-Request-Id', 'refused-together').send({}).expect(403)
    expect(await auditLog.audit("request_id = 'refused-together'")).toMatchObject([
      { actor_admin_id: garageAdmin.subject, action: 'denied' },
    ])
    expect(await auditLog.activity("request_id = 'refused-together'")).toEqual([])
  })

  it('leaves twenty lines an actor and minute at most, and then one that counts the rest', async () => {
    await withinOneMinute()
    const { id, api } = await aMember('viewer')
    const denied = async () => (await ofUser(id)).filter(({ action }) => action === 'denied')
    for (let requested = 0; requested < 5; requested++)
      await Promise.all(
        Array.from({ length: 7 }, () => api.post('/api/inventory').send({}).expect(403)),
      )
    expect(await denied()).toHaveLength(20)
    await endTheMinute()
    const lines = await denied()
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)?.change).toEqual({
      count: 15,
      minute: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/),
    })
    await api.post('/api/inventory').send({}).expect(403)
    expect(await denied()).toHaveLength(22)
  })

  it('counts looks and refusals of one admin together, and tells each kind where it belongs', async () => {
    await withinOneMinute()
    const { id, api } = await aMember('admin')
    for (let requests = 0; requests < 15; requests++) {
      await api.get('/api/user-profiles').expect(200)
      await api.post('/api/activity-logs').send({}).expect(403)
    }
    await endTheMinute()
    const looks = await auditLog.audit("actor_admin_id = 'staff:' || $1", [id])
    const denied = (await ofUser(id)).filter(({ action }) => action === 'denied')
    expect([looks.length, denied.length]).toEqual([11, 11])
    expect([looks.at(-1)?.change?.count, denied.at(-1)?.change?.count]).toEqual([5, 5])
  })

  it('counts every one of a rush at one account, however many come at once', async () => {
    await withinOneMinute(25)
    const { id, email } = await saveUser(forecourt.payload, 'viewer')
    await forecourt.sql('delete from sign_in_tries')
    for (let wave = 0; wave < 2; wave++)
      await Promise.all(
        Array.from({ length: 25 }, () => signIn(email, 'a wrong password').expect(401)),
      )
    await endTheMinute()
    const lines = await aboutAccount(id)
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)?.change).toMatchObject({ count: 30 })
  })

  it('counts what fails on an account apart from what fails on another', async () => {
    await withinOneMinute(25)
    const [one, other] = [
      await saveUser(forecourt.payload, 'viewer'),
      await saveUser(forecourt.payload, 'viewer'),
    ]
    for (let tried = 0; tried < 22; tried++) await signIn(one.email, 'a wrong password')
    await signIn(other.email, 'a wrong password')
    await endTheMinute()
    const lines = await aboutAccount(one.id)
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)?.change).toMatchObject({ count: 2 })
    expect(await aboutAccount(other.id)).toHaveLength(1)
  })
})
