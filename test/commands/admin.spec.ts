import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { runCommand } from '../support/command.ts'
import { openForecourt, saveUser, type TestForecourt, tokenOf } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const run = (...words: string[]) => runCommand('admin', words, { DATABASE_URL: forecourt.url })
const passwordIn = (output: string) => /(?:is|password) ([\w-]{20})(?: now|$)/m.exec(output)?.[1] ?? ''

describe('npm run admin', () => {
  it('gives a user a new password, lifts the lock and ends the sessions', async () => {
    const user = await saveUser(forecourt.payload, 'manager')
    const old = await tokenOf(forecourt.app, user)
    for (let miss = 0; miss < 11; miss++)
      await supertest(forecourt.app).post('/api/users/login').send({ email: user.email, password: 'wrong wrong wrong' })
    const { code, output } = await run('reset-password', user.email.toUpperCase())
    expect(code).toBe(0)
    await tokenOf(forecourt.app, { email: user.email, password: passwordIn(output) })
    const { body } = await supertest(forecourt.app).get('/api/users/me').set('Authorization', `Bearer ${old}`)
    expect(body.user).toBeNull()
  })

  it('names an address that nobody has, and the way out', async () => {
    const { code, output } = await run('reset-password', 'nobody@forecourt.example')
    expect(code).toBe(1)
    expect(output).toContain('Nobody signs in with nobody@forecourt.example')
    expect(output).toContain('npm run admin -- create nobody@forecourt.example')
  })

  it('makes an admin who can sign in', async () => {
    const { code, output } = await run('create', 'new@forecourt.example')
    expect(code).toBe(0)
    const token = await tokenOf(forecourt.app, { email: 'new@forecourt.example', password: passwordIn(output) })
    const { body } = await supertest(forecourt.app).get('/api/users/me').set('Authorization', `Bearer ${token}`)
    expect(body.user.role).toBe('admin')
  })

  it('says how it is used when it is told nothing', async () => {
    expect((await run()).code).toBe(2)
  })
})
