import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createFirstAdmin } from '../../src/server/first-admin.ts'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { type OidcPeer, openOidcPeer } from '../support/oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser, type SignInBrowser } from '../support/oidc-browser.ts'
import { ORIGIN } from '../support/settings.ts'
import { openAuditLog, withinOneMinute } from '../support/audit-log.ts'

let forecourt: TestForecourt
let peer: OidcPeer
let admin: SignInBrowser
beforeAll(async () => {
  peer = await openOidcPeer([buildCallbackUrl('HOUSE')])
  forecourt = await openForecourt({
    ...buildProviderSettings('HOUSE', peer),
    LOCAL_PASSWORDS: 'false',
  })
  const email = 'first@dealer.example'
  const first = await createFirstAdmin(
    forecourt.payload,
    { ...forecourt.settings, FIRST_ADMIN_EMAIL: email },
    false,
  )
  expect(first).toEqual({ email, generatedPassword: null })
  peer.signInAs(buildPerson({ email }))
  admin = openSignInBrowser(forecourt)
  await admin.signIn('house').then(({ status }) => expect(status).toBe(200))
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
})

describe('where passwords are off', () => {
  it.each(['right', 'wrong'])('a %s one is refused with what to do instead', async (kind) => {
    const { email, password } = await saveUser(forecourt.payload, 'viewer')
    const data = { email, password: kind === 'right' ? password : 'another one' }
    const { body } = await forecourt.anonymous.post('/api/users/login').send(data).expect(403)
    expect(body.errors[0].message).toContain('Sign in with your provider')
  })

  it('one is refused over GraphQL too', async () => {
    const { email, password } = await saveUser(forecourt.payload, 'viewer')
    const mutation = `mutation { loginUser(email: "${email}", password: "${password}") { token } }`
    const { data, errors } = await queryGraphql(forecourt.anonymous, mutation)
    expect(errors?.[0]?.message).toContain('Sign in with your provider')
    expect(JSON.stringify(data ?? null)).not.toContain('token":"')
  })

  it(
    'each one leaves a line in the audit log, twenty a minute at most, and one where the account is ' +
      'not there',
    async () => {
      await withinOneMinute()
      const { id, email, password } = await saveUser(forecourt.payload, 'viewer')
      for (let tried = 0; tried < 23; tried++)
        await forecourt.anonymous.post('/api/users/login').send({ email, password })
      const nobody = { email: 'nobody@dealer.example', password }
      await forecourt.anonymous
        .post('/api/users/login')
        .set('X-Request-Id', 'asks-for-nobody')
        .send(nobody)
        .expect(403)
      const lines = await openAuditLog(forecourt).activity(
        "resource_type = 'users' and resource_id = $1",
        [id],
      )
      expect(lines).toHaveLength(20)
      expect(lines[0]).toMatchObject({
        user_id: null,
        action: 'sign_in_failed',
        change: { reason: expect.stringContaining('Passwords are turned off') },
      })
      const [line] = await openAuditLog(forecourt).activity("request_id = 'asks-for-nobody'")
      expect(line).toMatchObject({
        action: 'sign_in_failed',
        resource_id: null,
        change: { account: 'n•••@dealer.example' },
      })
    },
  )

  it('an admin invites, and gives nobody a password', async () => {
    const data = { email: `${randomUUID()}@dealer.example`, name: 'New', role: 'viewer' }
    const post = (body: object) => admin.api.post('/api/users').set('Origin', ORIGIN).send(body)
    const refused = await post({ ...data, password: 'a password of theirs' }).expect(400)
    expect(refused.body.errors[0].message).toContain('invited by e-mail')
    expect((await post(data).expect(201)).body.doc.oauthProvider).toBe('invited')
  })

  it('the first admin is who signs in with the address of FIRST_ADMIN_EMAIL', async () => {
    expect(await admin.loadUser()).toMatchObject({ role: 'admin', provider: 'house' })
  })
})
