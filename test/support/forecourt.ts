import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Payload } from 'payload'
import supertest from 'supertest'
import type { Settings } from '../../src/env.ts'
import { type Assembled, assemble } from '../../src/server/assemble.ts'
import { databaseUrl, TEMPLATE, testSettings } from './settings.ts'

export type Role = 'admin' | 'manager' | 'viewer'
export type Api = ReturnType<typeof supertest.agent>

/** A Forecourt on a database of its own, as tests ask it. */
export type TestForecourt = Assembled & {
  settings: Settings
  url: string
  /** Asks as somebody who is not signed in. */
  anonymous: Api
  /** Asks as a new member of staff with this role, by Bearer token. */
  as: (role: Role) => Promise<Api>
}

/** The server that test/support/global-setup.ts started. */
export function testServer(): string {
  const server = process.env['FORECOURT_TEST_SERVER']
  if (!server) throw new Error('The test server is not running; run the suite with npm test.')
  return server
}

/** Opens a Forecourt on a fresh clone of the migrated database. Close it in afterAll. */
export async function openForecourt(environment: Record<string, string> = {}): Promise<TestForecourt> {
  const database = `t_${randomUUID().replaceAll('-', '')}`
  const media = await mkdtemp(path.join(tmpdir(), 'forecourt-media-'))
  await onServer(`create database ${database} template ${TEMPLATE}`)
  const url = databaseUrl(testServer(), database)
  const settings = testSettings({ DATABASE_URL: url, MEDIA_DIR: media, ...environment })
  const forecourt = await assemble(settings, url)
  const close = async () => {
    await forecourt.close()
    await onServer(`drop database ${database} with (force)`)
    await rm(media, { recursive: true })
  }
  return {
    ...forecourt,
    settings,
    url,
    close,
    anonymous: supertest.agent(forecourt.app),
    as: (role) => signedIn(forecourt, role),
  }
}

const PASSWORD = 'correct horse battery staple'

/** Saves a member of staff. `password` signs them in. */
export async function saveUser(payload: Payload, role: Role, email = `${role}-${randomUUID()}@forecourt.example`) {
  const data = { email, password: PASSWORD, name: `A ${role}`, role, isActive: true }
  return { ...(await payload.create({ collection: 'users', data: data as never, overrideAccess: true })), password: PASSWORD }
}

/** The Bearer token that the sign-in of a user answers. */
export async function tokenOf(app: Assembled['app'], { email, password }: { email: string; password: string }): Promise<string> {
  const answer = await supertest(app).post('/api/users/login').send({ email, password }).expect(200)
  return (answer.body as { token: string }).token
}

async function signedIn({ app, payload }: Assembled, role: Role): Promise<Api> {
  const token = await tokenOf(app, await saveUser(payload, role))
  return supertest.agent(app).set('Authorization', `Bearer ${token}`)
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServer() })
  await client.connect()
  await client.query(statement)
  await client.end()
}
