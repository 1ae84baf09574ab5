import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Person } from '../support/oidc-peer.ts'
import { openSignIn, type SignInStage, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { ORIGIN } from '../support/settings.ts'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE'])
})
afterAll(() => stage.close())

describe('signing in with a provider', () => {
  it('leads there with code, PKCE, state and nonce, and back to the panel', async () => {
    stage.peer.signInAs(buildPerson())
    const walker = openSignInBrowser(stage.forecourt)
    const url = await walker.startSignIn('house')
    expect(url.origin).toBe(stage.peer.issuer)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
    })
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(url.searchParams.get(name)?.length).toBeGreaterThan(30)
    const { text, headers } = await walker
      .followCallback(await walker.passProvider(url))
      .expect(200)
    expect(text).toContain('content="0;url=/admin"')
    expect(headers['cache-control']).toBe('no-store')
    expect(String(headers['set-cookie'])).toMatch(
      /forecourt-token=[^;]+; .*HttpOnly=true; SameSite=Lax/,
    )
  })

  it('makes somebody of an allowed domain a viewer, whatever role the provider says', async () => {
    stage.peer.signInAs({
      ...buildPerson({ picture: 'https://pictures.example/me.jpg' }),
      role: 'admin',
    } as Person)
    const walker = openSignInBrowser(stage.forecourt)
    await walker.signIn('house')
    expect(await walker.loadUser()).toMatchObject({
      role: 'viewer',
      provider: 'house',
      avatarUrl: 'https://pictures.example/me.jpg',
    })
  })

  it('knows somebody again by provider and subject, though their address is another now', async () => {
    const { user, person } = await stage.signedIn()
    stage.peer.signInAs({ ...person, email: 'new@other.example', email_verified: false })
    const again = openSignInBrowser(stage.forecourt)
    await again.signIn('house')
    expect(await again.loadUser()).toMatchObject({ id: user.id, email: user.email })
    expect((await stage.rowOf(user.id)).last_login).not.toBeNull()
  })

  it('makes a session that Payload refreshes and ends as its own', async () => {
    const { api, loadUser } = await stage.signedIn()
    await api.post('/api/users/refresh-token').set('Origin', ORIGIN).expect(200)
    expect(await loadUser()).not.toBeNull()
    await api.post('/api/users/logout').set('Origin', ORIGIN).expect(200)
    expect(await loadUser()).toBeNull()
  })

  it('tells an admin the session with its provider, and leaves a line in the audit log', async () => {
    const { user } = await stage.signedIn()
    const { docs } = (await stage.admin.get('/api/sessions?limit=100').expect(200)).body as {
      docs: { user: string; provider: string }[]
    }
    expect(docs.filter((row) => row.user === user.id)).toMatchObject([{ provider: 'house' }])
    const { rows } = await stage.forecourt.sql(
      'select action from activity_logs where user_id = $1',
      [user.id],
    )
    expect(rows).toContainEqual({ action: 'sign_in' })
  })

  it('goes back to where it began', async () => {
    stage.peer.signInAs(buildPerson())
    const { text } = await openSignInBrowser(stage.forecourt).signIn(
      'house',
      '/admin/collections/inventory?limit=5&sort=price',
    )
    expect(text).toContain('url=/admin/collections/inventory?limit=5&amp;sort=price"')
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/.//evil.example'])(
    'does not lead to %s',
    async (returnTo) => {
      stage.peer.signInAs(buildPerson())
      expect((await openSignInBrowser(stage.forecourt).signIn('house', returnTo)).text).toContain(
        'content="0;url=/admin"',
      )
    },
  )

  it('knows no other providers', async () => {
    await stage.forecourt.anonymous.get('/auth/nobody').expect(404)
    await stage.forecourt.anonymous.get('/auth/__proto__').expect(404)
  })
})

describe('a session from a provider', () => {
  it.each(['role', 'deactivation', 'deleted session'])(
    'ends at the next request with a change of %s',
    async (kind) => {
      const { user, loadUser } = await stage.signedIn()
      if (kind === 'role')
        await stage.admin.patch(`/api/users/${user.id}`).send({ role: 'manager' }).expect(200)
      if (kind === 'deactivation')
        await stage.admin.patch(`/api/users/${user.id}`).send({ isActive: false }).expect(200)
      if (kind === 'deleted session') {
        const { docs } = (await stage.admin.get('/api/sessions?limit=100')).body as {
          docs: { id: string; user: string }[]
        }
        await stage.admin
          .delete(`/api/sessions/${docs.find((row) => row.user === user.id)?.id}`)
          .expect(200)
      }
      expect(await loadUser()).toBeNull()
    },
  )

  it('is ended by POST /auth/logout, which no other site can ask for', async () => {
    const { api, loadUser } = await stage.signedIn()
    await api.post('/auth/logout').expect(403)
    await api.post('/auth/logout').set('Origin', 'https://evil.example').expect(403)
    await api.post('/auth/logout').set('Sec-Fetch-Site', 'cross-site').expect(403)
    await api.get('/auth/logout').expect(405)
    expect(await loadUser()).not.toBeNull()
    const { headers } = await api.post('/auth/logout').set('Origin', ORIGIN).expect(200)
    expect(String(headers['set-cookie'])).toContain('forecourt-token=;')
    expect(await loadUser()).toBeNull()
  })
})
