import { createHash, createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { getSigningSecrets } from '../../src/auth/sessions/signing-secrets.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { createCallerReader } from '../../src/server/load/caller.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { aVehicle } from '../support/http-idempotency.ts'
import { saveCar } from '../support/builders.ts'
import { createDatabase, dropDatabase, getTestServer } from '../support/databases.ts'
import { fetchToken, saveUser } from '../support/forecourt.ts'
import { type OidcPeer, openOidcPeer } from '../support/oidc-peer.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { buildCallbackUrl, buildPerson, buildProviderSettings } from '../support/oidc-stage.ts'
import { openTokenService, saveOwner } from '../support/owners.ts'
import { buildDatabaseUrl, ORIGIN, TEMPLATE, testSettings } from '../support/settings.ts'

const [OLD, NEW] = ['the secret before the rotation, 32+', 'the secret after the rotation, 32+']

const database = `t_${randomUUID().replaceAll('-', '')}`
const tokens = openTokenService()
let peer: OidcPeer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-rotation-'))
  peer = await openOidcPeer([buildCallbackUrl('HOUSE')])
  await createDatabase(getTestServer().ownerUrl, database, TEMPLATE)
})
afterAll(async () => {
  await dropDatabase(getTestServer().ownerUrl, database)
  await peer.stop()
  await rm(folder, { recursive: true })
})

const buildSettings = (secrets: Record<string, string>) =>
  testSettings({
    DATABASE_URL: buildDatabaseUrl(getTestServer().url, database),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    OIDC_ALLOWED_DOMAINS: 'dealer.example',
    ...buildProviderSettings('HOUSE', peer),
    ...secrets,
  })

/** Starts Forecourt on the database of this file with these secrets. */
function start(secrets: Record<string, string>): Promise<Application> {
  const { url, ownerUrl } = getTestServer()
  return createApplication(buildSettings(secrets), buildDatabaseUrl(url, database), {
    ownerUrl: buildDatabaseUrl(ownerUrl, database),
    verifyToken: tokens.verifyToken,
  })
}

const query = ({ payload }: Application, statement: string, values: unknown[] = []) =>
  getPostgresAdapter(payload).pool.query(statement, values)

const isSignedWith = (secret: string, token: string) => {
  const [head, body, signature] = token.split('.')
  const key = createHash('sha256').update(secret).digest('hex').slice(0, 32)
  return createHmac('sha256', key).update(`${head}.${body}`).digest('base64url') === signature
}

/** A session, a mailed link, a sign-in at a provider, a stored request and an ETag. */
async function issueAll(app: Application) {
  const account = await saveUser(app.payload, 'admin')
  const signIn = await supertest(app.app)
    .post('/api/users/login')
    .send({ email: account.email, password: account.password })
    .expect(200)
  const token = (signIn.body as { token: string }).token
  const cookies = signIn.headers['set-cookie'] as unknown as string[]
  const device = cookies.find((cookie) => cookie.startsWith('forecourt-device-'))?.split(';')[0]
  const owner = await saveOwner(app, tokens)
  const to = `${randomUUID()}@example.com`
  await owner.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
  const mail = await query(app, 'select text from outgoing_mails where recipient = $1', [to])
  const link = new URL(/http\S+token=\S+/.exec(String(mail.rows[0].text))?.[0] ?? '')
  const [key, vehicle] = [randomUUID(), aVehicle()]
  const created = await owner.api
    .post('/api/vehicles')
    .set('Idempotency-Key', key)
    .send(vehicle)
    .expect(201)
  const car = await saveCar(app.payload)
  const { headers } = await supertest(app.app).get(`/api/inventory/${car.id}`).expect(200)
  return {
    account,
    token,
    device: String(device),
    owner: owner.token,
    link: link.pathname + link.search,
    request: { key, vehicle, id: (created.body as { doc: { id: string } }).doc.id },
    car: { path: `/api/inventory/${car.id}`, tag: String(headers['etag']) },
    handshake: await startHandshake(app),
  }
}

/** A browser that is about to come back from the provider: its cookie and the address. */
async function startHandshake({ app }: Application) {
  peer.signInAs(buildPerson())
  const { headers } = await supertest(app).get('/auth/house').expect(303)
  const cookie = (headers['set-cookie'] as unknown as string[])[0]?.split(';')[0]
  const browser = openSignInBrowser({ app, settings: buildSettings({ PAYLOAD_SECRET: OLD }) })
  const back = await browser.passProvider(new URL(String(headers['location'])))
  return { cookie: String(cookie), path: back.pathname + back.search }
}

/** Issues everything with the old secret, twice: for a start with it and for one without. */
type Issued = Awaited<ReturnType<typeof issueAll>>
let issued: { kept: Issued; refused: Issued }
beforeAll(async () => {
  const before = await start({ PAYLOAD_SECRET: OLD })
  issued = { kept: await issueAll(before), refused: await issueAll(before) }
  await before.close()
})

const askMe = (app: Application, token: string) => ({
  rest: supertest(app.app).get('/api/users/me').set('Authorization', `Bearer ${token}`),
  cookie: supertest(app.app)
    .get('/api/users/me')
    .set({ Cookie: `forecourt-token=${token}`, Origin: ORIGIN }),
  graphql: supertest(app.app)
    .post('/api/graphql')
    .set('Authorization', `JWT ${token}`)
    .send({ query: '{ meUser { user { email } } }' }),
})

const repeatRequest = (app: Application, { owner, request }: Issued) =>
  supertest(app.app)
    .post('/api/vehicles')
    .set({ Authorization: `Bearer ${owner}`, 'Idempotency-Key': request.key })
    .send(request.vehicle)

const followCallback = (app: Application, { handshake }: Issued) =>
  supertest(app.app).get(handshake.path).set('Cookie', handshake.cookie)

const readCaller = ({ payload }: Application, token: string) =>
  createCallerReader({
    secrets: getSigningSecrets(payload),
    sessionCookie: 'forecourt-token',
    isKnownOwner: () => false,
  })({ authorization: `Bearer ${token}` })

async function signInFromKnownDevice(app: Application, { account, device }: Issued) {
  const login = () =>
    supertest(app.app)
      .post('/api/users/login')
      .send({ email: account.email, password: account.password })
  await login().send({ email: account.email, password: 'a wrong password' }).expect(401)
  await query(app, "update sign_in_tries set points = 10 where key like 'sign-in:account%'")
  await login().expect(401)
  await login().set({ Cookie: device, Origin: ORIGIN }).expect(200)
  await query(app, 'delete from sign_in_tries')
}

describe('after a start with a new secret and the previous one', () => {
  let app: Application
  let kept: Issued
  beforeAll(async () => {
    kept = issued.kept
    app = await start({ PAYLOAD_SECRET: NEW, PAYLOAD_SECRET_PREVIOUS: OLD })
  })
  afterAll(() => app.close())

  it('a session stays signed in over REST, with its cookie and over GraphQL', async () => {
    const { rest, cookie, graphql } = askMe(app, kept.token)
    expect((await rest.expect(200)).body.user).toMatchObject({ email: kept.account.email })
    expect((await cookie.expect(200)).body.user).toMatchObject({ email: kept.account.email })
    expect((await graphql.expect(200)).body.data.meUser.user.email).toBe(kept.account.email)
  })

  it('a session is admitted with the priority of staff', () => {
    expect(readCaller(app, kept.token)).toBe('staff')
  })

  it('the refresh of a session and a new sign-in are signed with the new secret', async () => {
    const { body } = await supertest(app.app)
      .post('/api/users/refresh-token')
      .set('Authorization', `Bearer ${kept.token}`)
      .expect(200)
    expect(isSignedWith(NEW, String(body.refreshedToken))).toBe(true)
    expect(isSignedWith(NEW, await fetchToken(app.app, kept.account))).toBe(true)
  })

  it('a token with a forged signature is refused', async () => {
    const { rest } = askMe(app, `${kept.token.slice(0, -6)}AAAAAA`)
    expect((await rest).status).toBe(401)
  })

  it('a link in a mail still confirms its address', async () => {
    await supertest(app.app).get(kept.link).expect(200)
  })

  it('a repeated request is answered as before, and another one with its key is refused', async () => {
    const { body, headers } = await repeatRequest(app, kept).expect(201)
    expect(headers['idempotent-replayed']).toBe('true')
    expect(body.doc.id).toBe(kept.request.id)
    await repeatRequest(app, kept).send(aVehicle()).expect(422)
  })

  it('a person who is at the provider still completes the sign-in', async () => {
    expect((await followCallback(app, kept)).status).toBe(200)
  })

  it('If-Match accepts an ETag from before', async () => {
    await supertest(app.app)
      .patch(kept.car.path)
      .set({ Authorization: `Bearer ${kept.token}`, 'If-Match': kept.car.tag })
      .send({ price: 100 })
      .expect(200)
  })

  it('a known device keeps its own sign-in attempts', async () => {
    await signInFromKnownDevice(app, kept)
  })

  it('a session that signs out has ended', async () => {
    await supertest(app.app)
      .post('/api/users/logout')
      .set('Authorization', `Bearer ${kept.token}`)
      .expect(200)
    expect((await askMe(app, kept.token).rest).status).toBe(401)
  })
})

describe('after a start with a new secret alone', () => {
  let app: Application
  let old: Issued
  beforeAll(async () => {
    old = issued.refused
    app = await start({ PAYLOAD_SECRET: NEW })
  })
  afterAll(() => app.close())

  it('a session is signed out over REST, with its cookie and over GraphQL', async () => {
    const { rest, cookie, graphql } = askMe(app, old.token)
    expect((await rest).status).toBe(401)
    expect((await cookie.expect(200)).body.user).toBeNull()
    expect((await graphql).status).toBe(401)
    expect(readCaller(app, old.token)).toBe('anonymous')
  })

  it('a link in a mail is refused', async () => {
    await supertest(app.app).get(old.link).expect(410)
  })

  it('a repeated request counts as another one', async () => {
    await repeatRequest(app, old).expect(422)
  })

  it('a person who is at the provider has to start again', async () => {
    const { headers } = await followCallback(app, old).expect(303)
    expect(headers['location']).toContain('problem=')
    expect(String(headers['set-cookie'])).not.toContain('forecourt-token')
  })

  it('If-Match refuses an ETag from before', async () => {
    const token = await fetchToken(app.app, old.account)
    await supertest(app.app)
      .patch(old.car.path)
      .set({ Authorization: `Bearer ${token}`, 'If-Match': old.car.tag })
      .send({ price: 100 })
      .expect(412)
  })

  it('a known device keeps its own sign-in attempts: its account has its own secret', async () => {
    await signInFromKnownDevice(app, old)
  })
})
