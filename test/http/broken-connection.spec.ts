import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { getTestServer } from '../support/databases.ts'
import { type Api, saveUser } from '../support/forecourt.ts'
import { type FaultProxy, openBehind, openProxy } from '../support/http-fault-proxy.ts'
import { openSignIn, type SignInStage } from '../support/oidc-stage.ts'

/** One connection breaks, at a known statement; the database is there all the time. */
let proxy: FaultProxy
let stage: SignInStage
let anonymous: Api
let account: { email: string; password: string }
beforeAll(async () => {
  const { url } = getTestServer()
  proxy = await openProxy(url)
  openBehind(proxy, url)
  stage = await openSignIn(['HOUSE'])
  ;({ anonymous } = stage.forecourt)
  account = await saveUser(stage.forecourt.payload, 'viewer')
})
afterEach(() => expect(stage.forecourt.watch.up).toBe(true))
afterAll(async () => {
  await stage.close()
  await proxy.close()
})

const signIn = ({ email, password } = account) =>
  anonymous.post('/api/users/login').send({ email, password })

describe('a sign-in by password whose connection breaks', () => {
  it.each([
    ['when its attempt is counted', 'sign-in:address'],
    ['when its account is looked up', 'from "users"'],
    ['when its transaction begins', 'begin'],
  ])('%s gets 503 and may be repeated', async (_, statement) => {
    await signIn().expect(200)
    proxy.breakAt(statement)
    const { status, headers, body } = await signIn()
    expect({ status, again: headers['retry-after'], says: body.errors?.[0]?.message }).toEqual({
      status: 503,
      again: '1',
      says: 'The database is temporarily unavailable. Try again in a second.',
    })
    await signIn().expect(200)
  })
})

describe('a sign-in with a provider whose connection breaks', () => {
  it('when its handshake is saved gets a page that says so, with 503', async () => {
    proxy.breakAt('"session"')
    const { headers, text } = await anonymous.get('/auth/house').expect(503)
    expect(headers['retry-after']).toBe('5')
    expect(text).toContain('The database is unavailable')
    await anonymous.get('/auth/house').expect(303)
  })

  it('when its attempt is counted is begun all the same', async () => {
    proxy.breakAt('request:sign-in:leave')
    await anonymous.get('/auth/house').expect(303)
  })
})

it('a question who is signed in, whose connection breaks when it is counted, is answered', async () => {
  proxy.breakAt('request:signed-in')
  const { body } = await anonymous.get('/auth/me').expect(200)
  expect(body).toEqual({ user: null })
})
