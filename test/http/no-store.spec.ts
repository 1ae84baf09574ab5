import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { type Api, openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let people: Record<string, Api>
beforeAll(async () => {
  forecourt = await openForecourt()
  people = { 'a viewer': await forecourt.as('viewer'), 'an owner': (await forecourt.asOwner()).api }
})
afterAll(() => forecourt.close())

describe('nothing keeps a copy of', () => {
  it('what somebody who is signed in reads, of every collection', async () => {
    for (const [who, api] of Object.entries(people))
      for (const { slug } of forecourt.payload.config.collections) {
        const { headers } = await api.get(`/api/${slug}?limit=1`)
        expect([who, slug, headers['cache-control']]).toEqual([who, slug, 'no-store'])
      }
  })

  it('what a signed-in caller gets about themselves, jobs and by GraphQL', async () => {
    for (const api of Object.values(people)) {
      for (const path of ['/api/me', '/api/users/me', '/api/jobs', '/auth/me', '/api/access'])
        expect([path, (await api.get(path)).headers['cache-control']]).toEqual([path, 'no-store'])
      const { headers } = await api
        .post('/api/graphql')
        .send({ query: '{ Inventories(limit: 1) { totalDocs } }' })
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('a sign-in, whether it is let in or not, and a renewal', async () => {
    const { email, password } = await saveUser(forecourt.payload, 'viewer')
    const signedIn = await forecourt.anonymous
      .post('/api/users/login')
      .send({ email, password })
      .expect(200)
    const refused = await forecourt.anonymous
      .post('/api/users/login')
      .send({ email, password: 'a wrong password' })
      .expect(401)
    const renewed = await forecourt.anonymous
      .post('/api/users/refresh-token')
      .set('Authorization', `Bearer ${signedIn.body.token}`)
      .expect(200)
    for (const { headers } of [signedIn, refused, renewed])
      expect(headers['cache-control']).toBe('no-store')
  })
})

describe('a public answer', () => {
  it('to nobody may be kept and asked about each time', async () => {
    const { headers } = await supertest(forecourt.app).get('/api/stations').expect(200)
    expect(headers['cache-control']).toBe('no-cache')
  })
})
