import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CollectionConfig, Config } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { requireExplicitAccess } from '../../src/access/require-explicit-access.ts'
import {
  type Api,
  openForecourt,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let viewer: Api
let owner: Owner
let garageAdmin: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[viewer, owner, garageAdmin] = await Promise.all([
    forecourt.as('viewer'),
    forecourt.asOwner(),
    forecourt.asOwner('garage admin'),
  ])
})
afterAll(() => forecourt.close())

const outsiders = (): [string, Api][] => [
  ['nobody', forecourt.anonymous],
  ['an owner', owner.api],
  ['a garage admin', garageAdmin.api],
]

describe('the preferences of the panel', () => {
  const PATH = '/api/payload-preferences/collection-inventory'

  it('are each active member of staff’s own', async () => {
    const { body } = await viewer
      .post(PATH)
      .send({ value: { limit: 25 } })
      .expect(200)
    expect(body.doc.value).toEqual({ limit: 25 })
    expect((await viewer.get(PATH).expect(200)).body.value).toEqual({ limit: 25 })
    const other = await forecourt.as('admin')
    expect((await other.get(PATH).expect(200)).body.value).toBeNull()
    await other.delete('/api/payload-preferences?where[key][exists]=true').expect(200)
    expect((await viewer.get(PATH).expect(200)).body.value).toEqual({ limit: 25 })
    await viewer.delete('/api/payload-preferences').expect(200)
    expect((await viewer.get(PATH).expect(200)).body.value).toBeNull()
  })

  it('are closed to everybody else, and to staff that is deactivated', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const token = await fetchToken(forecourt.app, user)
    await forecourt.sql('update users set is_active = false where id = $1', [user.id])
    for (const [, api] of outsiders()) {
      await api.get(PATH).expect(403)
      await api.post(PATH).send({ value: 1 }).expect(403)
      await api.delete('/api/payload-preferences').expect(403)
    }
    const gone = await forecourt.anonymous
      .post(PATH)
      .set('Authorization', `Bearer ${token}`)
      .send({ value: 1 })
    expect(gone.status).toBe(403)
    expect((await forecourt.sql('select 1 from payload_preferences')).rows).toEqual([])
  })

  it('have no other route', async () => {
    await viewer.get('/api/payload-preferences').expect(405)
    await viewer.post('/api/payload-preferences').send({ key: 'a', value: 1 }).expect(405)
    await viewer
      .patch('/api/payload-preferences?where[key][exists]=true')
      .send({ value: 1 })
      .expect(405)
    await viewer.delete(PATH).expect(405)
  })
})

describe('Payload’s own tables', () => {
  it.each(['payload-migrations', 'payload-locked-documents', 'payload-kv', 'payload-jobs'])(
    'have no routes: %s',
    async (slug) => {
      const admin = await forecourt.as('admin')
      for (const path of [
        `/api/${slug}`,
        `/api/${slug}/count`,
        `/api/${slug}/1`,
        `/api/${slug}/run`,
      ])
        await admin.get(path).expect(404)
      await admin.post(`/api/${slug}`).send({}).expect(404)
      await admin.delete(`/api/${slug}?where[id][exists]=true`).expect(404)
    },
  )

  it('are not in GraphQL, nor is what only the panel asks', async () => {
    const { data } = await queryGraphql(
      viewer,
      '{ __schema { queryType { fields { name } } mutationType { fields { name } } } }',
    )
    const { queryType, mutationType } = data?.['__schema'] as Record<
      'queryType' | 'mutationType',
      { fields: { name: string }[] }
    >
    const names = [...queryType.fields, ...mutationType.fields].map(({ name }) => name)
    expect(
      names
        .filter((name) => /Payload|^Access$|^docAccess|^initialized|UserProfile$/.test(name))
        .sort(),
    ).toEqual(
      [
        'UserProfile',
        'createUserProfile',
        'deleteUserProfile',
        'logoutUserProfile',
        'meUserProfile',
        'updateUserProfile',
      ].sort(),
    )
  })
})

describe('what only the panel asks', () => {
  it('is told to staff alone: who may do what', async () => {
    await viewer.get('/api/access').expect(200)
    await viewer.post('/api/inventory/access').send({}).expect(200)
    for (const [, api] of outsiders()) {
      await api.get('/api/access').expect(403)
      await api.post('/api/inventory/access').send({}).expect(403)
      await api
        .post('/api/vehicles/access/00000000-0000-4000-8000-000000000000')
        .send({})
        .expect(403)
    }
  })

  it('is not there where nobody asks it: whether there is a user, versions, files by address', async () => {
    for (const path of [
      '/api/users/init',
      '/api/inventory/versions',
      '/api/inventory/versions/1',
      '/api/media/paste-url',
    ])
      for (const [, api] of [...outsiders(), ['a viewer', viewer] as const])
        expect([403, 404]).toContain((await api.get(path)).status)
  })
})

describe('an owner’s profile', () => {
  const WAYS_IN = [
    'login',
    'refresh-token',
    'first-register',
    'forgot-password',
    'reset-password',
    'unlock',
    'verify/a',
  ]

  it.each(WAYS_IN)('is no account: there is no %s', async (way) => {
    for (const [, api] of [...outsiders(), ['a viewer', viewer] as const]) {
      const body = { email: owner.email, password: 'correct horse battery staple', token: 'a' }
      const { status, headers } = await api.post(`/api/user-profiles/${way}`).send(body)
      expect(status).toBe(404)
      expect(headers['set-cookie']).toBeUndefined()
    }
  })

  it('tells who one is, and signing out clears the cookie that there may be', async () => {
    const { body } = await owner.api.get('/api/user-profiles/me').expect(200)
    expect(body.user).toMatchObject({ id: owner.profile })
    expect(body.token).toBe(owner.token)
    const { headers } = await owner.api.post('/api/user-profiles/logout').expect(200)
    expect(String(headers['set-cookie'])).toMatch(/^forecourt-token=;/)
    await owner.api.get('/api/user-profiles/me').expect(200)
  })

  it('gives no token in GraphQL either', async () => {
    const { errors } = await queryGraphql(
      owner.api,
      'mutation { refreshTokenUserProfile { refreshedToken } }',
    )
    expect(errors?.[0]?.message).toContain('Cannot query field')
  })
})

describe('a member of staff', () => {
  it('does not come in by mail or as the first', async () => {
    for (const [, api] of outsiders())
      for (const way of [
        'first-register',
        'forgot-password',
        'reset-password',
        'verify/a',
        'unlock',
      ]) {
        const { status } = await api
          .post(`/api/users/${way}`)
          .send({ email: 'a@forecourt.example', password: 'x'.repeat(12), token: 'a' })
        expect({ way, status }).toEqual({ way, status: 403 })
      }
  })
})

describe('a collection that does not say who may do what', () => {
  const result = {
    create: permissions.nobody,
    read: permissions.nobody,
    update: permissions.nobody,
  }
  const start = (collection: CollectionConfig) => () =>
    requireExplicitAccess()({ collections: [collection] } as unknown as Config)

  it('stops the start with the collection and the operation', () => {
    expect(start({ slug: 'silent', fields: [], access: result })).toThrow(
      /silent does not declare who may delete\./,
    )
    expect(start({ slug: 'mute', fields: [] })).toThrow(
      /mute does not declare who may create, read, update, delete\./,
    )
    expect(
      start({
        slug: 'people',
        auth: true,
        fields: [],
        access: { ...result, delete: permissions.nobody },
      }),
    ).toThrow(/people does not declare who may unlock, admin\./)
    expect(
      start({ slug: 'said', fields: [], access: { ...result, delete: permissions.nobody } }),
    ).not.toThrow()
  })
})
