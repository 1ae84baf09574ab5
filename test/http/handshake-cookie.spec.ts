import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import express from 'express'
import supertest from 'supertest'
import { createHandshakeStore } from '../../src/auth/staff/handshake.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const KEPT = { state: 's', nonce: 'n', verifier: 'v', provider: 'house', returnTo: '/admin' }

/** The cookie that a handshake begins with, behind a proxy that speaks plain http to us. */
async function cookieOf(production: boolean): Promise<string> {
  const handshake = createHandshakeStore(forecourt.payload, { ...forecourt.settings, production })
  const app = express().get('/', async (req, res) => {
    await handshake.begin(req, res, KEPT)
    res.end()
  })
  const { headers } = await supertest(app).get('/').expect(200)
  return String(headers['set-cookie'])
}

describe('the cookie of a handshake', () => {
  it('is bound to the host and to https in production', async () => {
    const cookie = await cookieOf(true)
    expect(cookie).toMatch(/^__Host-forecourt-sign-in=[\w-]{43};/)
    for (const attribute of ['; Path=/', '; HttpOnly', '; Secure', '; SameSite=Lax'])
      expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain=')
  })

  it('ends after ten minutes, as its row does', async () => {
    const cookie = await cookieOf(false)
    expect(cookie).not.toContain('Secure')
    const ends = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '')
    expect(ends).toBeLessThanOrEqual(Date.now() + 10 * 60_000)
    const { rows } = await forecourt.sql('select max(expire) as expire from session')
    expect((rows[0] as { expire: Date }).expire.getTime()).toBeLessThanOrEqual(
      Date.now() + 10 * 60_000 + 1_000,
    )
  })
})
