import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { openSignIn, type SignInStage, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { ORIGIN } from '../support/settings.ts'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE'])
})
afterAll(async () => {
  jest.useRealTimers()
  await stage.close()
})

/**
 * Lets time pass for everything in this process at once, the product and the provider that it asks;
 * then it stands still.
 */
function pass(seconds: number): void {
  const now = Date.now() + seconds * 1000
  jest.useRealTimers()
  jest.useFakeTimers({ now, doNotFake: EVERYTHING_BUT_DATE })
}
const EVERYTHING_BUT_DATE = [
  ...([
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'setImmediate',
    'clearImmediate',
  ] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
]

/** What somebody new is told at the end of the whole way, and whether they are signed in then. */
async function signsIn() {
  stage.peer.signInAs(buildPerson())
  const walker = openSignInBrowser(stage.forecourt)
  const { status, text } = await walker.signIn('house')
  return { status, text, in: (await walker.loadUser()) !== null }
}

const IN = { status: 200, in: true }
const REFUSED = {
  status: 403,
  in: false,
  text: expect.stringContaining('cannot be trusted') as unknown as string,
}
const AWAY = {
  status: 503,
  in: false,
  text: expect.stringContaining('is not responding') as unknown as string,
}

describe('the keys that a provider signs with', () => {
  beforeEach(async () => {
    await stage.peer.rotate()
    pass(400)
    expect(await signsIn()).toMatchObject(IN)
  })

  it('are asked for once for many who sign in', async () => {
    const before = stage.peer.requestCounts.keys
    for (let i = 0; i < 3; i++) expect(await signsIn()).toMatchObject(IN)
    expect(stage.peer.requestCounts.keys).toBe(before)
  })

  it('may be others a minute later: the new one is fetched by its name', async () => {
    const before = stage.peer.requestCounts.keys
    await stage.peer.rotate()
    pass(61)
    expect(await signsIn()).toMatchObject(IN)
    expect(stage.peer.requestCounts.keys).toBe(before + 1)
  })

  it('are not asked for again and again for names that there are not', async () => {
    const before = stage.peer.requestCounts.keys
    await stage.peer.rotate()
    for (let i = 0; i < 3; i++) expect(await signsIn()).toMatchObject(REFUSED)
    expect(stage.peer.requestCounts.keys).toBe(before)
  })

  it('are good for nothing five minutes after the provider took them away', async () => {
    await stage.peer.withholdKeys()
    pass(301)
    expect(await signsIn()).toMatchObject(REFUSED)
  })

  it(
    'that cannot be read are the provider’s trouble: a page says so, and works again when they ' +
      'are there',
    async () => {
      stage.peer.hideKeys()
      pass(301)
      expect(await signsIn()).toMatchObject(AWAY)
      await stage.peer.rotate()
      expect(await signsIn()).toMatchObject(IN)
    },
  )
})

describe('while a provider is away', () => {
  it('who is signed in works on, and keeps their session', async () => {
    const { api, loadUser, user } = await stage.signedIn()
    await stage.peer.stop()
    try {
      const own = (path: string) => api.get(path).set('Origin', ORIGIN)
      await own('/api/inventory').expect(200)
      expect((await own(`/api/users/${user.id}`).expect(200)).body).toMatchObject({
        email: user.email,
      })
      await api.post('/api/users/refresh-token').set('Origin', ORIGIN).expect(200)
      expect(await loadUser()).toMatchObject({ id: user.id })
    } finally {
      await stage.peer.start()
    }
  })

  it(
    'who comes back from it is told so by a page with a way on, and is let in by no half of an ' +
      'answer',
    async () => {
      stage.peer.signInAs(buildPerson())
      const walker = openSignInBrowser(stage.forecourt)
      const back = await walker.passProvider(await walker.startSignIn('house'))
      await stage.peer.stop()
      try {
        const answer = await walker.followCallback(back)
        expect(answer).toMatchObject({ status: 503, type: 'text/html' })
        expect(answer.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' })
        expect(answer.text).toContain('Existing sessions are not affected.')
        expect(answer.text).toContain('href="/admin/login"')
        expect(await walker.loadUser()).toBeNull()
      } finally {
        await stage.peer.start()
      }
    },
  )
})
