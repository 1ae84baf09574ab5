import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest, { type Response, type Test } from 'supertest'
import { saveUser, fetchToken } from '../support/forecourt.ts'
import { buildCallbackUrl, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { createMarker } from '../support/secret-markers.ts'
import { createAddress, openSecretStage, type SecretStage } from '../support/secret-stage.ts'
import { queueJob, waitUntil } from '../support/work.ts'
import { startWorker } from '../support/worker-process.ts'

let stage: SecretStage
beforeAll(async () => {
  stage = await openSecretStage()
}, 120_000)
afterAll(() => stage.close())

/** Hears an answer whole: whoever gets it must not learn a secret by it. */
async function heard(requested: Test | PromiseLike<Response>): Promise<Response> {
  const answer = await requested
  stage.recorder.record(
    `the answer ${answer.status}`,
    `${JSON.stringify(answer.headers)} ${answer.text}`,
  )
  return answer
}
const anonymous = () => supertest(stage.forecourt.app)
const graphql = (query: string) => anonymous().post('/api/graphql').send({ query })
const rowsOf = async (table: string) =>
  (await stage.forecourt.sql(`select t::text as row from ${table} t`)).rows as { row: string }[]

describe('nothing is told of a secret', () => {
  it('by those who sign in with a password, get it wrong, or write it where it does not belong', async () => {
    const { payload, app } = stage.forecourt
    const user = await saveUser(payload, 'admin')
    const wrong = createMarker('wrong-password')
    stage.recorder.addSecret('wrong-password', wrong)
    stage.recorder.addSecret('password', user.password)
    const login = (body: object) => anonymous().post('/api/users/login').send(body)
    stage.recorder.addSecret('session-token', await fetchToken(app, user))
    await heard(login({ email: user.email, password: wrong }))
    await heard(login({ email: wrong, password: wrong }))
    await heard(login({ email: { $ne: wrong }, password: [wrong] }))
    await heard(
      anonymous()
        .post('/api/users/login')
        .type('json')
        .send(`{"email":"a@b.example","password":"${wrong}"`),
    )
    await heard(anonymous().get('/api/users/login').query({ email: user.email, password: wrong }))
    await heard(
      graphql(`mutation { loginUser(email: "${user.email}", password: "${wrong}") { token } }`),
    )
    await heard(
      anonymous()
        .post('/api/graphql')
        .send({ query: 'mutation ($p: String!) { x }', variables: { p: wrong } }),
    )
    await heard(anonymous().get('/api/users/me').set('Authorization', `Bearer ${wrong}`))
    await heard(
      anonymous()
        .get('/api/users/me')
        .set('Cookie', `forecourt-token=${wrong}`)
        .set('Origin', 'http://localhost:3000'),
    )
  })

  it('by a password that is to be reset, and its token', async () => {
    const { email } = await saveUser(stage.forecourt.payload, 'viewer')
    const [token, password] = [createMarker('reset-token'), createMarker('new-password')]
    stage.recorder.addSecret('reset-token', token)
    stage.recorder.addSecret('new-password', password)
    await heard(anonymous().post('/api/users/forgot-password').send({ email }))
    await heard(anonymous().post('/api/users/reset-password').send({ token, password }))
    await heard(graphql(`mutation { forgotPasswordUser(email: "${email}") }`))
    await heard(
      graphql(
        `mutation { resetPasswordUser(token: "${token}", password: "${password}") { token } }`,
      ),
    )
    await heard(anonymous().post(`/api/users/verify/${token}`))
    const { rows } = await stage.forecourt.sql(
      'select reset_password_token as token from users where reset_password_token is not null',
    )
    expect(rows).toEqual([])
  })

  it('by a provider that lets people in, refuses us, is away, or is answered wrongly', async () => {
    stage.peer.signInAs(buildPerson())
    const walker = openSignInBrowser(stage.forecourt)
    const back = await walker.passProvider(await walker.startSignIn('house'))
    const code = String(back.searchParams.get('code'))
    stage.recorder.addSecret('code', code)
    const entered = await walker.followCallback(back)
    const token = /forecourt-token=([^;]+)/.exec(String(entered.headers['set-cookie']))?.[1]
    expect(entered.status).toBe(200)
    stage.recorder.addSecret('session-token', String(token))
    await heard(walker.followCallback(back))
    stage.peer.signInAs(buildPerson())
    expect((await heard(openSignInBrowser(stage.forecourt).signIn('wrong'))).status).toBe(403)
    const stateless = new URL(buildCallbackUrl('HOUSE'))
    await heard(anonymous().get(`${stateless.pathname}?code=${code}&state=${code}`))
    expect((await heard(anonymous().get('/auth/away'))).status).toBe(503)
    stage.peer.signInAs(buildPerson())
    const late = openSignInBrowser(stage.forecourt)
    const lateBack = await late.passProvider(await late.startSignIn('house'))
    stage.recorder.addSecret('code', String(lateBack.searchParams.get('code')))
    await stage.peer.stop()
    expect((await heard(late.followCallback(lateBack))).status).toBe(503)
    await stage.peer.start()
  })

  it('by owners’ tokens, good, forged or of a provider that is away, and by its management', async () => {
    const { signInOwner, issuer } = stage.forecourt
    const ann = await signInOwner({ claims: { 'https://forecourt/email_verified': false } })
    stage.recorder.addSecret('owner-token', ann.token)
    await heard(ann.api.get('/api/me').expect(200))
    expect((await heard(ann.api.post('/api/auth/resend-verification'))).status).toBe(502)
    const forged = `${ann.token.slice(0, -8)}AAAAAAAA`
    stage.recorder.addSecret('forged-token', forged)
    await heard(anonymous().get('/api/me').set('Authorization', `Bearer ${forged}`))
    await heard(anonymous().get('/api/me').query({ token: ann.token }))
    const unnamed = await signInOwner({ claims: { 'https://forecourt/email': null } })
    stage.recorder.addSecret('owner-token', unnamed.token)
    await issuer.stop()
    expect((await heard(unnamed.api.get('/api/me'))).status).toBe(503)
    await issuer.start()
  })

  it('by a link that confirms an address, though the mail that carries it cannot be sent', async () => {
    const ann = await stage.forecourt.signInOwner()
    const to = createAddress()
    await heard(ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200))
    const { rows } = await stage.forecourt.sql(
      'select id, text from outgoing_mails where recipient = $1',
      [to],
    )
    const link = /token=(\S+)/.exec(String(rows[0].text))?.[1]
    stage.recorder.addSecret('confirmation-token', String(link))
    const answered = async () =>
      (await stage.forecourt.sql('select answer from outgoing_mails where id = $1', [rows[0].id]))
        .rows[0].answer as string | null
    await waitUntil(
      async () => (await answered())?.includes('rejected the sign-in') ?? false,
      'the mail server refuses us',
    )
    const { api } = ann
    await heard(
      api.get(`/api/me/notification-email/confirm?token=${String(link).slice(0, -4)}AAAA`),
    )
  })

  it('by a database that refuses what it is told in the middle of things', async () => {
    const { ownerSql, payload } = stage.forecourt
    const user = await saveUser(payload, 'manager')
    await ownerSql(`alter table session add constraint nobody check (sess::text is null) not valid;
      alter table users add constraint no_name check (name <> 'Refuse Me') not valid`)
    expect(
      (
        await heard(
          anonymous().post('/api/users/login').send({ email: user.email, password: user.password }),
        )
      ).status,
    ).toBe(500)
    const admin = await stage.forecourt
      .ownerSql('alter table session drop constraint nobody')
      .then(() => stage.forecourt.as('admin'))
    const password = createMarker('new-password')
    stage.recorder.addSecret('new-password', password)
    await heard(
      admin
        .post('/api/users')
        .send({ email: createAddress(), name: 'Refuse Me', role: 'viewer', password }),
    )
    for (const column of ['hash', 'salt']) {
      const { rows } = await stage.forecourt.sql(`select ${column} as secret from users`)
      for (const { secret } of rows as { secret: string }[])
        stage.recorder.addSecret(column, secret)
    }
  })

  it('by a source of the market that repeats what it was told', async () => {
    const requests = (await stage.forecourt.as('manager'))
      .post('/api/vin-evaluation')
      .send({ vin: '1HGCM82633A004352' })
    expect([502, 503]).toContain((await heard(requests)).status)
  })

  it('by a Google Places that repeats what it was told', async () => {
    const place = { name: 'Corner', latitude: 39, longitude: -94 }
    const photo = { photoReference: 'places/one/photos/two' }
    const { body } = await (
      await stage.forecourt.as('admin')
    )
      .post('/api/stations')
      .send(Object.assign(place, photo))
      .expect(201)
    const requests = ['/api/stations/nearby?lat=39&lng=-94', `/api/stations/${body.doc.id}/photo`]
    const statuses = []
    for (const path of requests) statuses.push((await heard(anonymous().get(path))).status)
    expect(statuses).toEqual([200, 503])
  })

  it('by a job that fails over a statement', async () => {
    const job = await queueJob(stage.forecourt, 'fails-by-statement')
    const error = async () =>
      (await stage.forecourt.sql('select error from job_history where job_id = $1 and dead', [job]))
        .rows[0]?.error as string | undefined
    await waitUntil(async () => (await error()) !== undefined, 'the job is given up')
    expect(await error()).toContain('user_profiles')
  })

  it('by a process of its own with all of these settings', async () => {
    const worker = await startWorker(['maintenance'], { ...stage.environment, METRICS_PORT: '0' })
    const job = await queueJob(stage.forecourt, 'prune-history')
    const ended = 'select 1 from job_history where job_id = $1 and completed_at is not null'
    await waitUntil(
      async () => (await stage.forecourt.sql(ended, [job])).rows.length > 0,
      'the worker works',
    )
    expect(await worker.stop()).toBe(0)
    const { stdout, stderr } = worker.output()
    expect(stderr).toBe('')
    stage.recorder.record('the worker', stdout)
  })
})

describe('whoever reads everything that there is to read', () => {
  it('finds no secret: in the log, in any answer, in the audit log, in the jobs, in the metrics', async () => {
    const { forecourt, recorder } = stage
    const admin = await forecourt.as('admin')
    const garageAdmin = (await forecourt.asOwner('garage admin')).api
    const slugs = forecourt.payload.config.collections.map(({ slug }) => slug)
    for (const api of [admin, garageAdmin, forecourt.anonymous])
      for (const slug of slugs) await heard(api.get(`/api/${slug}?limit=100&depth=2`))
    const { docs } = (await admin.get('/api/outgoing-mails?limit=100').expect(200)).body as {
      docs: { id: string }[]
    }
    for (const { id } of docs) await heard(admin.get(`/api/outgoing-mails/${id}`))
    for (const path of ['jobs', 'jobs/runs', 'access', 'users/me', 'sessions/count'])
      await heard(admin.get(`/api/${path}`))
    const everything =
      '{ Users { docs { email name oauthProvider } } Sessions { docs { id user { email } ' +
      'provider device } } JobHistories { docs { error result } } ActivityLogs { docs { ' +
      'changes } } OutgoingMails { docs { to subject answer } } }'
    expect(
      (await heard(admin.post('/api/graphql').send({ query: everything }))).text,
    ).not.toContain('"errors"')
    for (const table of ['job_history', 'activity_logs', 'admin_audit_logs', 'trail_counts']) {
      const rows = await rowsOf(table)
      recorder.record(`the table ${table}`, rows.map(({ row }) => row).join('\n'))
    }
    recorder.record('the metrics', await forecourt.metrics.registry.metrics())
    expect(recorder.findLeaks()).toEqual([])
    for (const where of [
      'the log',
      'the answer',
      'the table job_history',
      'the table activity_logs',
      'the metrics',
      'the worker',
    ])
      expect([where, recorder.countBytes(where) > 0]).toEqual([where, true])
  })
})
