import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  buildCallbackUrl,
  openSignIn,
  type SignInStage,
  buildPerson,
} from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE', 'OTHER', 'LATE'])
})
afterAll(() => stage.close())

const REFUSED = {
  status: 403,
  text: expect.stringContaining('cannot be trusted') as unknown as string,
}

describe('the way back', () => {
  /** Somebody who went to a provider and through it, and where that leads. */
  const passed = async (provider = 'house') => {
    stage.peer.signInAs(buildPerson())
    const walker = openSignInBrowser(stage.forecourt)
    const back = await walker.passProvider(await walker.startSignIn(provider))
    return { ...walker, back }
  }

  it.each(['state', 'iss'])(
    'with another %s is refused, and cannot be tried again',
    async (name) => {
      const { back, followCallback, loadUser } = await passed()
      const wrong = new URL(back)
      wrong.searchParams.set(name, 'https://another.example')
      expect(await followCallback(wrong)).toMatchObject(REFUSED)
      expect((await followCallback(back)).status).toBe(303)
      expect(await loadUser()).toBeNull()
    },
  )

  it('is gone once: the same address again is refused', async () => {
    const { back, followCallback, api } = await passed()
    await followCallback(back).expect(200)
    await api.post('/auth/logout').set('Sec-Fetch-Site', 'same-origin').expect(200)
    expect((await followCallback(back)).status).toBe(303)
  })

  it('is gone once by two requests at the same moment', async () => {
    const { back, followCallback } = await passed()
    const answers = await Promise.all([followCallback(back), followCallback(back)])
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '303'])
  })

  it('with a code that was used before is refused', async () => {
    const first = await passed()
    await first.followCallback(first.back).expect(200)
    const second = await passed()
    second.back.searchParams.set('code', String(first.back.searchParams.get('code')))
    expect(await second.followCallback(second.back)).toMatchObject(REFUSED)
  })

  it('with a code that somebody else was given is refused', async () => {
    const [one, other] = [await passed(), await passed()]
    one.back.searchParams.set('code', String(other.back.searchParams.get('code')))
    expect(await one.followCallback(one.back)).toMatchObject(REFUSED)
    expect(await one.loadUser()).toBeNull()
  })

  it('of one provider is not the way back of another', async () => {
    const { back, followCallback, loadUser } = await passed()
    const other = new URL(back)
    other.pathname = new URL(buildCallbackUrl('OTHER')).pathname
    expect((await followCallback(other)).status).toBe(303)
    expect(await loadUser()).toBeNull()
  })

  it('is not taken by another browser', async () => {
    const { back } = await passed()
    expect((await openSignInBrowser(stage.forecourt).followCallback(back)).status).toBe(303)
  })

  it('tells who cancelled at the provider so', async () => {
    const walker = openSignInBrowser(stage.forecourt)
    const state = (await walker.startSignIn('house')).searchParams.get('state')
    const { headers } = await walker.api
      .get('/auth/house/callback')
      .query({ error: 'access_denied', state })
      .expect(303)
    expect(headers['location']).toBe('/admin/login?problem=cancelled')
  })

  it('writes nothing that was sent to it', async () => {
    const query = { error: '<script>alert(1)</script>', error_description: '<b>x</b>' }
    const walker = openSignInBrowser(stage.forecourt)
    const state = (await walker.startSignIn('house')).searchParams.get('state')
    const { text } = await walker.api
      .get('/auth/house/callback')
      .query({ ...query, state })
      .expect(403)
    expect(text).not.toMatch(/<script>|<b>x/)
  })
})

describe('a cookie from before the sign-in', () => {
  const cookieOf = (headers: Record<string, unknown>) =>
    /forecourt-sign-in=([^;]*)/.exec(String(headers['set-cookie']))?.[1] ?? ''

  it('opens nothing afterwards, and is never used for the next', async () => {
    stage.peer.signInAs(buildPerson())
    const walker = openSignInBrowser(stage.forecourt)
    const first = await walker.api.get('/auth/house').expect(303)
    const planted = cookieOf(first.headers)
    expect(first.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Lax/)
    const second = await walker.api.get('/auth/house').expect(303)
    expect(cookieOf(second.headers)).not.toBe(planted)
    await walker
      .followCallback(await walker.passProvider(new URL(String(second.headers['location']))))
      .expect(200)
    const thief = openSignInBrowser(stage.forecourt)
    for (const cookie of [planted, cookieOf(second.headers)])
      expect(
        (
          await thief.api
            .get('/auth/me')
            .set('Cookie', `forecourt-sign-in=${cookie}; forecourt-token=${cookie}`)
        ).body.user,
      ).toBeNull()
  })

  it('that we did not sign is not taken for one of ours', async () => {
    const walker = openSignInBrowser(stage.forecourt)
    const { headers } = await walker.api
      .get('/auth/house')
      .set('Cookie', 'forecourt-sign-in=s%3Afixed.signature')
      .expect(303)
    expect(decodeURIComponent(cookieOf(headers))).not.toContain('s:fixed')
  })
})

describe('a provider that is away', () => {
  it('is told so, whoever is signed in stays, and it works again when it is back', async () => {
    const { loadUser } = await stage.signedIn()
    const walker = openSignInBrowser(stage.forecourt)
    stage.peer.signInAs(buildPerson())
    const back = await walker.passProvider(await walker.startSignIn('house'))
    await stage.peer.stop()
    const { status, text } = await walker.followCallback(back)
    expect({ status, text }).toMatchObject({
      status: 503,
      text: expect.stringContaining('is not responding') as unknown,
    })
    const late = openSignInBrowser(stage.forecourt)
    expect((await late.api.get('/auth/late')).status).toBe(503)
    expect(await loadUser()).not.toBeNull()
    await stage.peer.start()
    for (const provider of ['house', 'late']) {
      stage.peer.signInAs(buildPerson())
      expect((await openSignInBrowser(stage.forecourt).signIn(provider)).status).toBe(200)
    }
  })
})
