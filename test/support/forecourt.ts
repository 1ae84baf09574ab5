import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RequestHandler } from 'express'
import type { Payload, Plugin } from 'payload'
import supertest from 'supertest'
import type { VerifyToken } from '../../src/auth/owners/owner-tokens.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { Settings } from '../../src/env.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import type { Api } from './api.ts'
import { withClient, createDatabase, dropDatabase, getTestServer } from './databases.ts'
import { awaitNotifications, type SendSql } from './notifications.ts'
import { openTokenService, type Owner, saveOwner, type TokenService } from './owners.ts'
import { buildDatabaseUrl, TEMPLATE, testSettings } from './settings.ts'
import { loadSharedHash, PASSWORD } from './stored-password.ts'

export type Role = 'admin' | 'manager' | 'viewer'
export type { Api } from './api.ts'

/** A Forecourt on a database of its own, as tests ask it. */
export type TestForecourt = Application & {
  settings: Settings
  url: string
  /** The same database as the owner of its tables. */
  ownerUrl: string
  /** Asks as somebody who is not signed in. */
  anonymous: Api
  /** Asks as a new member of staff with this role, by Bearer token. */
  as: (role: Role) => Promise<Api>
  /** Asks as a new owner, or as one who is an admin of the garage. */
  asOwner: (kind?: 'owner' | 'garage admin') => Promise<Owner>
  tokens: TokenService
  /** Asks its database, as the application's own role; what it writes counts at once. */
  sql: SendSql
  /**
   * Asks its database as the owner of its tables, on a connection of its own: what the
   * application's role may not. What it writes counts at once.
   */
  ownerSql: SendSql
}

/**
 * Opens a Forecourt on a fresh clone of the migrated database, with rooms beside its own; owners
 * come by tokens of its own service, unless another verifier is handed in. Without a handler for it
 * there is no panel. Close it in afterAll.
 */
export async function openForecourt(
  environment: Record<string, string> = {},
  rooms: readonly Plugin[] = [],
  { verifyToken, panel }: { verifyToken?: VerifyToken; panel?: RequestHandler } = {},
): Promise<TestForecourt> {
  const database = `t_${randomUUID().replaceAll('-', '')}`
  const media = await mkdtemp(path.join(tmpdir(), 'forecourt-media-'))
  const data = await mkdtemp(path.join(tmpdir(), 'forecourt-data-'))
  const server = getTestServer()
  await createDatabase(server.ownerUrl, database, TEMPLATE)
  const [url, ownerUrl] = [
    buildDatabaseUrl(server.url, database),
    buildDatabaseUrl(server.ownerUrl, database),
  ]
  const settings = testSettings({
    DATABASE_URL: url,
    MEDIA_DIR: media,
    DATA_DIR: data,
    ...environment,
  })
  const tokens = openTokenService()
  const forecourt = await createApplication(settings, url, {
    ownerUrl,
    verifyToken: verifyToken ?? tokens.verifyToken,
    rooms,
    ...(panel && { panel }),
  })
  const close = async () => {
    await forecourt.close()
    await dropDatabase(server.ownerUrl, database)
    await rm(media, { recursive: true })
    await rm(data, { recursive: true })
  }
  return {
    ...forecourt,
    settings,
    url,
    ownerUrl,
    close,
    anonymous: supertest.agent(forecourt.app),
    as: (role) => openApiAs(forecourt, role),
    asOwner: (kind) => saveOwner(forecourt, tokens, kind),
    tokens,
    sql: awaitNotifications(forecourt.watch, (statement, values) =>
      getPostgresAdapter(forecourt.payload).pool.query(statement, values),
    ),
    ownerSql: awaitNotifications(forecourt.watch, (statement, values) =>
      withClient(ownerUrl, (client) => client.query(statement, values)),
    ),
  }
}

/**
 * Saves a member of staff as a sign-up leaves them, without the hooks of one: those would hash the
 * password. `password` signs them in.
 */
export async function saveUser(
  payload: Payload,
  role: Role,
  email = `${role}-${randomUUID()}@forecourt.example`,
) {
  const account = { email, name: `A ${role}`, role, isActive: true }
  const link = { oauthProvider: 'local', oauthId: randomUUID() }
  const data = Object.assign(account, link, await loadSharedHash())
  const { id } = await payload.db.create({ collection: 'users', data })
  const user = await payload.findByID({ collection: 'users', id, overrideAccess: true })
  return { ...user, password: PASSWORD }
}

/** The Bearer token that the sign-in of a user answers. */
export async function fetchToken(
  app: Application['app'],
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await supertest(app).post('/api/users/login').send({ email, password }).expect(200)
  return (answer.body as { token: string }).token
}

async function openApiAs({ app, payload }: Application, role: Role): Promise<Api> {
  const token = await fetchToken(app, await saveUser(payload, role))
  return supertest.agent(app).set('Authorization', `Bearer ${token}`)
}
