import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  createAutoDevSource,
  type AutoDevOptions,
} from '../../plugins/market/adapters/auto-dev/index.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import type { SourceError } from '../../plugins/market/domain/source.ts'
import { formatErrorChain } from '../../jobs/outcomes.ts'
import {
  type AutoDevPeer,
  startAutoDevPeer,
  type Canned,
  PEER_KEY,
} from '../support/auto-dev-peer.ts'
import { buildOwnCar } from '../support/market.ts'

let peer: AutoDevPeer
beforeAll(async () => {
  peer = await startAutoDevPeer()
})
afterAll(() => peer.stop())

const buildContext = () => ({
  signal: new AbortController().signal,
  acquireSlot: () => Promise.resolve(),
})
const find = (about: Partial<AutoDevOptions> = {}, context = buildContext()) => {
  const [search] = buildSearches(buildOwnCar())
  if (!search) throw new Error('There is no search.')
  return createAutoDevSource({ url: peer.url, key: PEER_KEY, area: null, ...about }).fetchListings(
    search,
    context,
  )
}
const failing = async (work: Promise<unknown>) =>
  (await work.then(
    () => Promise.reject(new Error('It went well.')),
    (error: unknown) => error,
  )) as SourceError

describe('an answer that is none', () => {
  const plans = {
    error: 'Upgrade',
    code: 'PLAN',
    currentPlan: 'Starter',
    requiredPlan: 'Growth',
    upgradeUrl: 'https://example.com',
  }
  it.each<[string, Canned, string, RegExp]>([
    [
      '400',
      { status: 400, body: { error: 'No such place', code: 'INVALID_LOCATION' } },
      'rejected',
      /400: No such place \(INVALID_LOCATION\)/,
    ],
    ['401', { status: 401 }, 'rejected', /AUTODEV_API_KEY/],
    [
      '402',
      { status: 402, body: plans },
      'rejected',
      /Starter plan does not include this feature, which requires the Growth plan/,
    ],
    ['403', { status: 403 }, 'rejected', /AUTODEV_API_KEY/],
    ['404', { status: 404 }, 'rejected', /AUTODEV_URL/],
    ['408', { status: 408 }, 'unavailable', /408/],
    ['429', { status: 429, headers: { 'retry-after': '7' } }, 'busy', /next request in 7 s/],
    ['429 without a moment', { status: 429 }, 'busy', /next request in 60 s/],
    ['500', { status: 500 }, 'unavailable', /500/],
    [
      '503 with a moment',
      { status: 503, headers: { 'retry-after': '9' } },
      'busy',
      /unavailable for 9 s/,
    ],
    ['503', { status: 503, body: 'no object' }, 'unavailable', /503/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'unavailable',
      /request to auto\.dev failed/,
    ],
    ['no JSON', { text: '<html>Sorry</html>' }, 'unavailable', /unreadable response/],
    ['half of an answer', { text: '{"data":[{' }, 'unavailable', /unreadable response/],
    [
      'JSON of another shape',
      { text: '{"listings":[]}' },
      'unavailable',
      /unreadable response: data/,
    ],
    ['a broken connection', 'cut', 'unavailable', /request to auto\.dev failed/],
    [
      'too long',
      { text: `{"data":["${'x'.repeat(5_000_001)}"]}` },
      'unavailable',
      /larger than 5000000 bytes/,
    ],
  ])('%s', async (_what, canned, kind, message) => {
    peer.next(canned)
    const failure = await failing(find())
    expect(failure).toMatchObject({ name: 'SourceError', kind })
    expect(failure.message).toMatch(message)
  })

  it('says when to come back, as seconds or as a moment', async () => {
    const moment = new Date(Date.now() + 90_000).toUTCString()
    peer.next(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 429, headers: { 'retry-after': moment } },
      { status: 429, headers: { 'retry-after': 'soon' } },
    )
    expect((await failing(find())).waitSeconds).toBe(7)
    const wait = (await failing(find())).waitSeconds ?? 0
    expect(wait > 60 && wait <= 91).toBe(true)
    expect((await failing(find())).waitSeconds).toBe(60)
  })

  it('never comes: it is given up in time', async () => {
    peer.next('silent')
    expect(await failing(find({ timeoutMs: 50 }))).toMatchObject({ kind: 'unavailable' })
  })

  it('is not waited for by a run that is broken off', async () => {
    const leaving = new AbortController()
    peer.next('silent')
    const requested = find({}, { ...buildContext(), signal: leaving.signal })
    const before = peer.requests.length
    for (let tries = 0; tries < 2_000 && peer.requests.length === before; tries++) await sleep(5)
    leaving.abort(new Error('The worker was stopped.'))
    expect((await failing(requested)).message).toBe('The worker was stopped.')
  })

  it('comes from nobody: a server that is not there is away', async () => {
    const { url, stop } = await startAutoDevPeer()
    await stop()
    expect(await failing(find({ url }))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('never says the key, though it repeats it', async () => {
    const key = 'sk_wrong_key_of_somebody'
    const problem = await failing(find({ key }))
    expect(problem.message).toContain('Invalid API key …')
    expect(`${formatErrorChain(problem)}${problem.stack}${JSON.stringify(problem)}`).not.toContain(
      key,
    )
    peer.next('cut')
    const nobody = await failing(find({ key }))
    expect(`${formatErrorChain(nobody)}${nobody.stack}`).not.toContain(key)
  })
})

describe('a list that leads on', () => {
  it('ends with a page that has nothing, whatever that says comes next', async () => {
    const before = peer.requests.length
    peer.always({ status: 200, body: { data: [], links: { next: '/listings?page=2' } } })
    expect(await find()).toEqual({ listings: [], complete: true, notes: [] })
    expect(peer.requests.length - before).toBe(1)
    peer.always(null)
  })

  it('counts rows that cannot be read among those that may be', async () => {
    const before = peer.requests.length
    peer.next({ status: 200, body: { data: [5, 'six'], links: { next: '/listings?page=2' } } })
    expect(await find({ maxListings: 2 })).toMatchObject({ listings: [], complete: false })
    expect(peer.requests.length - before).toBe(1)
  })
})
