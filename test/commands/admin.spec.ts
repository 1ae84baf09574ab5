import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { runCommand } from '../support/command.ts'
import { buildProviderSettings } from '../support/oidc-stage.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const run = (...words: string[]) => runCommand('admin', words, { DATABASE_URL: forecourt.url })
const passwordIn = (output: string) =>
  /(?:is|password) ([\w-]{20})(?:\.|$)/m.exec(output)?.[1] ?? ''

describe('npm run admin', () => {
  it('gives a user a new password, lifts the lock and ends the sessions', async () => {
    const user = await saveUser(forecourt.payload, 'manager')
    const old = await fetchToken(forecourt.app, user)
    for (let miss = 0; miss < 11; miss++)
      await supertest(forecourt.app)
        .post('/api/users/login')
        .send({ email: user.email, password: 'wrong wrong wrong' })
    const { code, output } = await run('reset-password', user.email.toUpperCase())
    expect(code).toBe(0)
    await fetchToken(forecourt.app, { email: user.email, password: passwordIn(output) })
    await supertest(forecourt.app)
      .get('/api/users/me')
      .set('Authorization', `Bearer ${old}`)
      .expect(401)
  })

  it('names an address that nobody has, and the way out', async () => {
    const { code, output } = await run('reset-password', 'nobody@forecourt.example')
    expect(code).toBe(1)
    expect(output).toContain('There is no account with the address nobody@forecourt.example')
    expect(output).toContain('npm run admin -- create nobody@forecourt.example')
  })

  it('makes an admin who can sign in', async () => {
    const { code, output } = await run('create', 'new@forecourt.example')
    expect(code).toBe(0)
    const token = await fetchToken(forecourt.app, {
      email: 'new@forecourt.example',
      password: passwordIn(output),
    })
    const { body } = await supertest(forecourt.app)
      .get('/api/users/me')
      .set('Authorization', `Bearer ${token}`)
    expect(body.user.role).toBe('admin')
  })

  describe('where passwords are off', () => {
    const house = buildProviderSettings('HOUSE', {
      issuer: 'http://127.0.0.1:9',
      clientId: 'forecourt',
      clientSecret: 'a secret',
    })
    const runWithout = (settings: Record<string, string>, ...words: string[]) =>
      runCommand('admin', words, {
        DATABASE_URL: forecourt.url,
        LOCAL_PASSWORDS: 'false',
        ...settings,
      })

    it('refuses a new password, and names the way in', async () => {
      const { email, password } = await saveUser(forecourt.payload, 'manager')
      const { code, output } = await runWithout(house, 'reset-password', email)
      expect(code).toBe(1)
      expect(output).toContain(
        'Password sign-in is disabled. Sign in with House, or set LOCAL_PASSWORDS=true and ' +
          'restart.',
      )
      await fetchToken(forecourt.app, { email, password })
    })

    it('names the settings where there is no provider either, for a new admin too', async () => {
      for (const words of [
        ['reset-password', 'a@x.example'],
        ['create', 'a@x.example'],
      ]) {
        const { code, output } = await runWithout({}, ...words)
        expect(code).toBe(1)
        expect(output).toMatch(/LOCAL_PASSWORDS=true, or OIDC_<NAME>_ISSUER/)
      }
      expect((await forecourt.sql(`select 1 from users where email = 'a@x.example'`)).rows).toEqual(
        [],
      )
    })

    it('makes an admin who is invited', async () => {
      const { code, output } = await runWithout(house, 'create', 'asked@forecourt.example')
      expect({ code, output }).toMatchObject({
        code: 0,
        output: expect.stringContaining('can sign in with House') as unknown,
      })
      const { rows } = await forecourt.sql(
        `select role, oauth_provider from users where email = 'asked@forecourt.example'`,
      )
      expect(rows).toEqual([{ role: 'admin', oauth_provider: 'invited' }])
    })

    it('invites somebody again, whose link, password and sessions are over then', async () => {
      const user = await saveUser(forecourt.payload, 'manager')
      await forecourt.sql(
        `update users set oauth_provider = 'house', oauth_id = 'old', oauth_issuer =
          ` + `'https://old.example/' where id = $1`,
        [user.id],
      )
      const token = await fetchToken(forecourt.app, user)
      expect((await runWithout(house, 'invite', user.email.toUpperCase())).code).toBe(0)
      const { rows } = await forecourt.sql(
        'select oauth_provider, oauth_id, oauth_issuer, hash from users where id = $1',
        [user.id],
      )
      expect(rows).toEqual([
        { oauth_provider: 'invited', oauth_id: user.id, oauth_issuer: null, hash: null },
      ])
      await supertest(forecourt.app)
        .get('/api/users/me')
        .set('Authorization', `Bearer ${token}`)
        .expect(401)
      const mails = await forecourt.sql('select text from outgoing_mails where recipient = $1', [
        user.email,
      ])
      expect(mails.rows).toEqual([{ text: expect.stringContaining('Sign in with House') }])
      expect((await runWithout(house, 'invite', 'nobody@forecourt.example')).code).toBe(1)
      expect((await runWithout({}, 'invite', user.email)).output).toContain(
        'No sign-in provider is configured',
      )
    })
  })

  it(
    'refuses an address that somebody has, also one of a deactivated account, and changes ' +
      'nothing',
    async () => {
      const { id, email } = await saveUser(forecourt.payload, 'viewer')
      const state = async () =>
        (await forecourt.sql('select hash, role, is_active from users where id = $1', [id])).rows
      const before = await state()
      expect(await run('create', email.toUpperCase())).toEqual({
        code: 1,
        output:
          `An account with the address ${email} already exists (a viewer); nothing was ` +
          `changed. To regain access, run: npm run admin -- reset-password ${email}.\n`,
      })
      expect(await state()).toEqual(before)
      await forecourt.sql('update users set is_active = false where id = $1', [id])
      expect((await run('create', email)).output).toContain(
        '(a deactivated viewer); nothing was changed.',
      )
    },
  )

  it('says how it is used when it is told nothing', async () => {
    expect((await run()).code).toBe(1)
  })
})
