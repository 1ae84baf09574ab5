import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import type { RequestHandler } from 'express'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { ORIGIN } from '../support/settings.ts'
import { fetchToken, openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'

/** No connection becomes free in time; the database itself is available. */
let forecourt: TestForecourt
let cookie: string
const taken: pg.PoolClient[] = []

/** A panel that sends whoever is not signed in to the sign-in page, as Payload's does. */
const panel: RequestHandler = async (req, res) => {
  const headers = new Headers({ cookie: req.get('cookie') ?? '', 'sec-fetch-site': 'none' })
  const { user } = await forecourt.payload.auth({ headers })
  if (user) res.send('The panel')
  else res.redirect('/admin/login')
}

beforeAll(async () => {
  forecourt = await openForecourt({}, [], { panel })
  const user = await saveUser(forecourt.payload, 'admin')
  cookie = `forecourt-token=${await fetchToken(forecourt.app, user)}`
  await openScreen().expect(200)
  const { pool } = getPostgresAdapter(forecourt.payload)
  while (taken.length < pool.options.max) taken.push(await pool.connect())
})
afterAll(async () => {
  for (const client of taken) client.release()
  await forecourt.close()
})

const { host, origin } = new URL(ORIGIN)
const openScreen = () =>
  forecourt.anonymous.get('/admin').set({ host, cookie, 'sec-fetch-site': 'none' })

describe('while every connection is in use', () => {
  it('a screen of the panel is not taken for that of somebody who is signed out', async () => {
    const { headers } = await openScreen().expect(503)
    expect(headers['retry-after']).toBe('2')
    expect(headers['location']).toBeUndefined()
  })

  it('neither is a call of its scripts', async () => {
    const { text } = await forecourt.anonymous
      .post('/admin')
      .set({ host, origin, cookie, 'next-action': '0'.repeat(42) })
      .send('[]')
      .expect(503)
    expect(text).toContain('not been signed out')
  })

  it('a request of the API is told 503, and not that it is not signed in', async () => {
    await forecourt.anonymous
      .get('/api/users/me')
      .set({ cookie, 'sec-fetch-site': 'same-origin' })
      .expect(503)
  })
})
