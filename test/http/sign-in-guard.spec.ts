import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let account: { email: string; password: string; id: string }

beforeAll(async () => {
  forecourt = await openForecourt({ TRUSTED_PROXIES: '1' })
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  await forecourt.sql('delete from sign_in_tries')
  account = await saveUser(forecourt.payload, 'manager')
})

const HERE = '203.0.113.1'

const signIn = (email: string, password: string, address = HERE) =>
  supertest(forecourt.app)
    .post('/api/users/login')
    .set('X-Forwarded-For', address)
    .send({ email, password })

const overGraphql = (email: string, password: string) =>
  supertest(forecourt.app)
    .post('/api/graphql')
    .set('X-Forwarded-For', HERE)
    .send({ query: `mutation { loginUser(email: "${email}", password: "${password}") { token } }` })

/** How many of the tries got as far as the password. */
const looked = async () =>
  Number(
    (await forecourt.sql('select login_attempts from users where id = $1', [account.id])).rows[0]
      .login_attempts,
  )

const times = (count: number, work: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

describe('signing in', () => {
  it(
    'is tried ten times a quarter of an hour at one account, however many try at once, by REST ' +
      'and GraphQL together',
    async () => {
      await times(12, (index) =>
        index % 2
          ? overGraphql(account.email, 'wrong password')
          : signIn(account.email, 'wrong password'),
      )
      expect(await looked()).toBe(10)
      await signIn(account.email, account.password).expect(401)
      await signIn(account.email.toUpperCase(), account.password).expect(401)
      await signIn(account.email, account.password, '203.0.113.2').expect(401)
    },
  )

  it(
    'says the same of a wrong password, an unknown account, one without a password and one ' +
      'without tries',
    async () => {
      await forecourt.sql('update users set hash = null, salt = null where id = $1', [
        (await saveUser(forecourt.payload, 'viewer', 'no-password@x.example')).id,
      ])
      const answers = [
        await signIn(account.email, 'wrong'),
        await signIn(`${randomUUID()}@x.example`, 'wrong'),
        await signIn('no-password@x.example', 'wrong'),
      ]
      await times(11, () => signIn(account.email, 'wrong'))
      answers.push(await signIn(account.email, account.password))
      const reported = answers.map(({ status, body, headers }) => ({
        status,
        body,
        names: Object.keys(headers).toSorted(),
      }))
      expect(reported[0]?.status).toBe(401)
      for (const one of reported) expect(one).toEqual(reported[0])
    },
  )

  it('is tried a hundred times from one address, which is told when it may again', async () => {
    await forecourt.sql('insert into sign_in_tries (key, points, expire) values ($1, 99, $2)', [
      `sign-in:address:${HERE}`,
      Date.now() + 600_000,
    ])
    await signIn(account.email, 'wrong').expect(401)
    const { body } = await signIn(`${randomUUID()}@x.example`, 'wrong').expect(429)
    expect(body.errors[0].message).toBe(
      'Too many sign-in attempts from your IP address. Try again in 10 min.',
    )
    await signIn(account.email, account.password, '203.0.113.2').expect(200)
  })

  it('gives the tries back when it succeeds', async () => {
    await times(9, () => signIn(account.email, 'wrong'))
    await signIn(account.email, account.password).expect(200)
    await times(9, () => signIn(account.email, 'wrong'))
    await signIn(account.email, account.password).expect(200)
  })

  it(
    'may be tried again when the quarter of an hour is over, and when an admin unlocks the ' +
      'account',
    async () => {
      await times(11, () => signIn(account.email, 'wrong'))
      await signIn(account.email, account.password).expect(401)
      await forecourt.sql('update sign_in_tries set expire = $1', [Date.now() - 1])
      await signIn(account.email, account.password).expect(200)
      await times(11, () => signIn(account.email, 'wrong'))
      await (
        await forecourt.as('admin')
      )
        .post('/api/users/unlock')
        .send({ email: account.email })
        .expect(200)
      await signIn(account.email, account.password).expect(200)
    },
  )
})
