import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
beforeEach(async () => {
  await forecourt.payload.delete({ collection: 'inventory', where: {}, overrideAccess: true })
  for (const make of ['One', 'Two', 'Three']) await saveCar(forecourt.payload, { make })
})
afterAll(() => forecourt.close())

const cars = async () => (await forecourt.payload.count({ collection: 'inventory', overrideAccess: true })).totalDocs

describe('a bulk change', () => {
  const VAGUE = ['', '?where=abc', '?where[or][0]=x', '?where[or][]=', '?where[and]=', '?where[status]=sold', '?where[make][]=x']

  it.each(VAGUE)('touches nothing when it does not say which rows: "%s"', async (query) => {
    await admin.delete(`/api/inventory${query}`).expect(400)
    await admin.patch(`/api/inventory${query}`).send({ featured: true }).expect(400)
    expect(await cars()).toBe(3)
    const featured = await forecourt.payload.count({
      collection: 'inventory',
      where: { featured: { equals: true } },
      overrideAccess: true,
    })
    expect(featured.totalDocs).toBe(0)
  })

  it('changes the rows that fit, and no other', async () => {
    const { body } = await admin.patch('/api/inventory?where[make][in]=One,Two').send({ featured: true }).expect(200)
    expect(body).toMatchObject({ errors: [], message: '2 updated.' })
    await admin.delete('/api/inventory?where[featured][equals]=true').expect(200)
    expect(await cars()).toBe(1)
  })

  it('tells which rows it did not change, and why', async () => {
    const { body } = await admin.patch('/api/inventory?where[make][exists]=true').send({ stockNumber: 'SAME' }).expect(400)
    expect(body.docs).toHaveLength(1)
    expect(body.errors).toHaveLength(2)
    expect(body.errors[0].message).toContain('Stock number SAME is already on')
  })

  it('is refused beyond a hundred rows before any is touched', async () => {
    for (let more = 0; more < 98; more++) await saveCar(forecourt.payload)
    const { body } = await admin.delete('/api/inventory?where[year][exists]=true').expect(400)
    expect(body.errors[0].message).toContain('101 rows match')
    expect(await cars()).toBe(101)
  })
})

describe('a where that can not be understood', () => {
  it.each(['where=abc', 'where[price][near]=1,2,3'])('is a 400, not an error of ours: %s', async (query) => {
    await forecourt.anonymous.get(`/api/inventory?${query}`).expect(400)
    await admin.get(`/api/inventory?${query}`).expect(400)
    await forecourt.anonymous.get(`/api/inventory/count?${query}`).expect(400)
  })
})

describe('an answer to somebody who is signed in', () => {
  it.each(['/api/inventory?depth=1', '/api/media', '/api/users/me'])('is kept by no cache that others use: %s', async (path) => {
    const { headers } = await admin.get(path).expect(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['vary']).toContain('Authorization')
  })
})
