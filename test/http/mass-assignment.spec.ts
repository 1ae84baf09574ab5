import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { aCar, saveCar } from '../support/builders.ts'
import {
  type Api,
  openForecourt,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

const LONG_AGO = '2001-02-03T04:05:06.000Z'
const NOBODY = '00000000-0000-4000-8000-000000000000'
const FORGED = {
  id: NOBODY,
  title: 'Forged',
  createdBy: NOBODY,
  updatedBy: NOBODY,
  listedAt: LONG_AGO,
  soldAt: LONG_AGO,
  onShow: true,
}

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const forged = (doc: object) =>
  Object.entries(doc).filter(([name, value]) => FORGED[name as keyof typeof FORGED] === value)
const carOf = (id: string) =>
  forecourt.payload.findByID({ collection: 'inventory', id, depth: 0, overrideAccess: true })

describe('what only the server writes about a car', () => {
  it('is not taken from a body that makes one', async () => {
    const { doc } = (
      await manager
        .post('/api/inventory')
        .send({ ...aCar(), ...FORGED })
        .expect(201)
    ).body
    expect(forged(await carOf(doc.id))).toEqual([])
    expect(doc.soldAt).toBeNull()
  })

  it('is not taken from a body that changes one, alone or among many', async () => {
    const { id } = await saveCar(forecourt.payload)
    await manager.patch(`/api/inventory/${id}`).send(FORGED).expect(200)
    expect(forged(await carOf(id))).toEqual([])
    await manager.patch(`/api/inventory?where[id][equals]=${id}`).send(FORGED).expect(200)
    expect(forged(await carOf(id))).toEqual([])
  })

  it('is not taken from GraphQL', async () => {
    const { id } = await saveCar(forecourt.payload)
    const data =
      `{ title: "Forged", createdBy: "${NOBODY}", updatedBy: "${NOBODY}", listedAt: ` +
      `"${LONG_AGO}", soldAt: "${LONG_AGO}" }`
    await queryGraphql(manager, `mutation { updateInventory(id: "${id}", data: ${data}) { id } }`)
    expect(forged(await carOf(id))).toEqual([])
    const car =
      '{ vin: "1HGCM82633A004352", year: 2003, make: "Honda", model: "Accord", price: 5, ' +
      `mileage: 5, status: available, ${data.slice(1)}`
    const made = await queryGraphql(manager, `mutation { createInventory(data: ${car}) { id } }`)
    expect(made.errors).toBeUndefined()
    expect(forged(await carOf((made.data?.['createInventory'] as { id: string }).id))).toEqual([])
  })

  it(
    'keeps the days of making and changing: createdAt of a body is ignored, and updatedAt says ' +
      'at most what was read',
    async () => {
      const { doc } = (
        await manager
          .post('/api/inventory')
          .send({ ...aCar(), createdAt: LONG_AGO, updatedAt: LONG_AGO })
          .expect(201)
      ).body
      await manager.patch(`/api/inventory/${doc.id}`).send({ createdAt: LONG_AGO }).expect(200)
      await manager
        .patch(`/api/inventory/${doc.id}`)
        .send({ price: 7, updatedAt: LONG_AGO })
        .expect(409)
      const { createdAt, updatedAt } = await carOf(doc.id)
      expect([createdAt, updatedAt]).not.toContain(LONG_AGO)
    },
  )
})

describe('what a member of staff may not write about themselves', () => {
  const RISE = {
    role: 'admin',
    isActive: false,
    oauthProvider: 'google',
    oauthId: 'x',
    lastLogin: LONG_AGO,
    hash: 'x',
    salt: 'x',
    loginAttempts: 99,
    lockUntil: '2099-01-01T00:00:00Z',
  }

  it.each(['by id', 'by a search', 'over GraphQL'])('is ignored %s', async (way) => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const api = supertest
      .agent(forecourt.app)
      .set('Authorization', `Bearer ${await fetchToken(forecourt.app, user)}`)
    if (way === 'by id') await api.patch(`/api/users/${user.id}`).send(RISE).expect(200)
    else if (way === 'by a search')
      await api.patch(`/api/users?where[id][equals]=${user.id}`).send(RISE)
    else
      await queryGraphql(
        api,
        `mutation { updateUser(id: "${user.id}", data: { role: admin, isActive: false, ` +
          'oauthId: "x" }) { id } }',
      )
    const { body } = await (await forecourt.as('admin')).get(`/api/users/${user.id}`).expect(200)
    expect(body).toMatchObject({ role: 'viewer', isActive: true, oauthProvider: 'local' })
    expect([body.oauthId, body.lastLogin]).not.toEqual(expect.arrayContaining(['x', LONG_AGO]))
    await fetchToken(forecourt.app, user)
  })

  it('cannot be had by changing everybody: a search finds oneself alone', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const other = await saveUser(forecourt.payload, 'viewer')
    const api = supertest
      .agent(forecourt.app)
      .set('Authorization', `Bearer ${await fetchToken(forecourt.app, user)}`)
    await api.patch('/api/users?where[role][equals]=viewer').send({ name: 'Changed' })
    expect(
      (
        await forecourt.payload.findByID({
          collection: 'users',
          id: other.id,
          overrideAccess: true,
        })
      ).name,
    ).toBe('A viewer')
  })
})
