import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'

let forecourt: TestForecourt
let account: { id: string; email: string; password: string }
beforeAll(async () => {
  forecourt = await openForecourt({ TRUSTED_PROXIES: '1' })
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  await forecourt.sql('delete from sign_in_tries')
  account = await saveUser(forecourt.payload, 'admin')
})

const signIn = (password: string, device = '', { email } = account) =>
  supertest(forecourt.app)
    .post('/api/users/login')
    .set({ 'X-Forwarded-For': '203.0.113.1', ...(device && { Cookie: device, Origin: ORIGIN }) })
    .send({ email, password })

const overGraphql = (password: string, device: string) =>
  supertest(forecourt.app)
    .post('/api/graphql')
    .set({ 'X-Forwarded-For': '203.0.113.1', Cookie: device, Origin: ORIGIN })
    .send({
      query: `mutation { loginUser(email: "${account.email}", password: "${password}") { token } }`,
    })

/** Signs in and answers the cookie that makes the browser a known device. */
async function knownDevice(of = account): Promise<string> {
  const { headers } = await signIn(of.password, '', of).expect(200)
  const cookies = headers['set-cookie'] as unknown as string[]
  return cookies.find((cookie) => cookie.startsWith('forecourt-device-'))?.split(';')[0] ?? ''
}

/**
 * Leaves an account as ten wrong passwords do, of which one is enough to see that they are counted.
 */
async function lockStrangersOut(): Promise<void> {
  await signIn('a wrong password').expect(401)
  const { rowCount } = await forecourt.sql(
    "update sign_in_tries set points = 10 where key like 'sign-in:account%'",
  )
  expect(rowCount).toBe(1)
  await signIn(account.password).expect(401)
}

describe('while strangers have used up the tries of an account', () => {
  it(
    'its owner signs in with a device that signed in before, by REST and GraphQL, and strangers ' +
      'still do not',
    async () => {
      const device = await knownDevice()
      await lockStrangersOut()
      await signIn(account.password, device).expect(200)
      expect((await overGraphql(account.password, device)).body.data?.loginUser?.token).toBeTruthy()
      await signIn(account.password).expect(401)
    },
  )

  it('a known device has ten tries of its own and no more', async () => {
    const device = await knownDevice()
    for (let n = 0; n < 10; n++) await signIn('a wrong password', device).expect(401)
    await signIn(account.password, device).expect(401)
    await signIn(account.password).expect(200)
  })

  it.each([
    [
      'one that is made up',
      (device: string) => device.replace(/=.*/, `=${'A'.repeat(22)}.1795888350.${'A'.repeat(43)}`),
    ],
    [
      'one with another signature',
      (device: string) =>
        `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`.replace(/.{5}$/, 'AAAAA'),
    ],
    ['an empty one', (device: string) => device.replace(/=.*/, '=')],
    ['one of an odd form', (device: string) => device.replace(/=.*/, '=a.b.c')],
    [
      'one that says it is younger',
      (device: string) => device.replace(/\.\d{10}\./, '.1895888350.'),
    ],
  ])('a cookie is worth nothing: %s', async (_which, forge) => {
    const device = await knownDevice()
    await lockStrangersOut()
    const { headers } = await signIn(account.password, forge(device)).expect(401)
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('the device of another account is a stranger', async () => {
    const other = await saveUser(forecourt.payload, 'viewer')
    const [name] = (await knownDevice()).split('=')
    const [, value] = (await knownDevice(other)).split('=')
    await lockStrangersOut()
    await signIn(account.password, `${name}=${value}`).expect(401)
  })

  it('a cookie older than a year is worth nothing', async () => {
    const device = await knownDevice()
    const { rows } = await forecourt.sql('select secret from device_secrets where user_id = $1', [
      account.id,
    ])
    const { createDeviceCookie } = await import('../../src/auth/sessions/device-cookies.ts')
    const old = createDeviceCookie(
      { id: account.id, secret: rows[0].secret },
      Date.now() - 366 * 24 * 3600 * 1000,
    )
    await lockStrangersOut()
    await signIn(account.password, device.replace(/=.*/, `=${old}`)).expect(401)
    await signIn(account.password, device).expect(200)
  })
})

describe('a device is a stranger again', () => {
  const byAdmin = async (change: object) => {
    await (await forecourt.as('admin')).patch(`/api/users/${account.id}`).send(change).expect(200)
  }
  const signOutEverywhere = async () => {
    const { body } = await signIn(account.password).expect(200)
    await supertest(forecourt.app)
      .post('/api/users/logout?allSessions=true')
      .set('Authorization', `Bearer ${body.token}`)
      .expect(200)
  }
  const overGraphqlEverywhere = async () => {
    const { body } = await signIn(account.password).expect(200)
    await supertest(forecourt.app)
      .post('/api/graphql')
      .set('Authorization', `Bearer ${body.token}`)
      .send({ query: 'mutation { logoutUser(allSessions: true) }' })
      .expect(200)
  }
  const NEXT = 'another garden of no song'

  it.each([
    ['when the password changes', () => byAdmin({ password: NEXT })],
    ['when the role changes', () => byAdmin({ role: 'viewer' })],
    ['when everything is signed out', signOutEverywhere],
    ['when everything is signed out over GraphQL', overGraphqlEverywhere],
  ] as [string, () => Promise<void>][])('%s', async (_when, change) => {
    const device = await knownDevice()
    await change()
    await lockStrangersOut()
    await signIn(account.password, device).expect(401)
    await signIn(NEXT, device).expect(401)
  })

  it('but not when one session ends', async () => {
    const device = await knownDevice()
    const { body } = await signIn(account.password, device).expect(200)
    await supertest(forecourt.app)
      .post('/api/users/logout')
      .set('Authorization', `Bearer ${body.token}`)
      .expect(200)
    await lockStrangersOut()
    await signIn(account.password, device).expect(200)
  })
})

describe('the cookie of a known device', () => {
  it('is out of reach of scripts and other sites, and reveals neither account nor address', async () => {
    const { headers } = await signIn(account.password).expect(200)
    const cookies = headers['set-cookie'] as unknown as string[]
    const device = cookies.find((cookie) => cookie.startsWith('forecourt-device-')) ?? ''
    expect(device).toMatch(
      /^forecourt-device-[0-9a-f]{16}=[\w.-]+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Strict$/,
    )
    expect(device).not.toContain(account.id)
  })

  it('does not change the answer for an account that does not exist', async () => {
    const device = await knownDevice()
    const known = await signIn('a wrong password', device)
    const unknown = await signIn('a wrong password', device, {
      ...account,
      email: 'nobody@x.example',
    })
    const summarize = ({ status, body, headers }: supertest.Response) => ({
      status,
      body,
      names: Object.keys(headers).toSorted(),
    })
    expect(summarize(known)).toEqual(summarize(unknown))
  })
})
