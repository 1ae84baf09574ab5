import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'

let limited: TestForecourt
beforeAll(async () => {
  limited = await openForecourt({ ANONYMOUS_READS_PER_MINUTE: '20', TRUSTED_PROXIES: '1' })
})
afterAll(() => limited.close())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('an address', () => {
  const from = (address: string, path: string, headers: Record<string, string> = {}) =>
    supertest(limited.app)
      .get(path)
      .set({ 'X-Forwarded-For': address, ...headers })

  /** Sends thirty different requests; returns the statuses of the answers. */
  async function askThirty(
    addressOf: (count: number) => string,
    path: (count: number) => string,
    headers = {},
  ): Promise<number[]> {
    const statuses: number[] = []
    for (let count = 0; count < 30; count++)
      statuses.push((await from(addressOf(count), path(count), headers)).status)
    return statuses
  }

  const late = (statuses: readonly number[]) => statuses.slice(22)

  it.each([
    ['the public listing', (count: number) => `/api/inventory?page=${count + 1}`, {}],
    ['a read by Payload', (count: number) => `/api/inventory?depth=1&page=${count + 1}`, {}],
    ['who is signed in', () => '/api/users/me', {}],
    ['a made-up token', () => '/api/vehicles', { authorization: 'Bearer a.b.c' }],
    ['a made-up session', () => '/api/vehicles', { cookie: 'forecourt-token=a.b.c' }],
    ['what there is not', (count: number) => `/api/none-${count}`, {}],
  ])('reaches the database up to the limit only: %s', async (about, path, headers) => {
    const address = `198.51.100.${about.length}`
    const statuses = await askThirty(() => address, path, headers)
    expect(new Set(late(statuses))).toEqual(new Set([429]))
    const { headers: received, body } = await from(address, path(29), headers)
    expect(Number(received['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(body).toMatchObject({
      errors: [{ message: expect.stringMatching(/^Too many anonymous requests/) }],
    })
  })

  it('of IPv6 counts by its network', async () => {
    const statuses = await askThirty(
      (count) => `2001:db8:1:2::${count + 1}`,
      (count) => `/api/inventory?depth=1&page=${count + 1}`,
    )
    expect(new Set(late(statuses))).toEqual(new Set([429]))
  })

  it('is not counted for answers from memory, nor for staff and owners, nor for another address', async () => {
    const own = await limited.asOwner()
    const known = await fetchToken(limited.app, await saveUser(limited.payload, 'viewer'))
    await from('203.0.113.1', '/api/vehicles', bearer(own.token)).expect(200)
    const path = '/api/inventory?limit=3'
    for (const [address, headers] of [
      ['203.0.113.2', {}],
      ['203.0.113.3', bearer(own.token)],
      ['203.0.113.4', bearer(known)],
    ] as const) {
      const statuses = await askThirty(
        () => address,
        () => path,
        headers,
      )
      expect(new Set(statuses)).toEqual(new Set([200]))
    }
  })
})
