import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createAutoDevSource } from '../../plugins/market/adapters/auto-dev/index.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { type AutoDevPeer, PEER_KEY, startAutoDevPeer } from '../support/auto-dev-peer.ts'
import { buildOwnCar } from '../support/market.ts'

let peer: AutoDevPeer
beforeAll(async () => {
  peer = await startAutoDevPeer()
})
afterAll(() => peer.stop())

const [search] = buildSearches(buildOwnCar())

/** Searches a source at once, and answers what it found or why not. */
function openSearch(timeoutMs: number) {
  const source = createAutoDevSource({ url: peer.url, key: PEER_KEY, area: null, timeoutMs })
  const { signal } = new AbortController()
  return async () => {
    if (!search) throw new Error('There is nothing to search for.')
    return source
      .fetchListings(search, { signal, acquireSlot: async () => undefined })
      .then(({ listings }) => `${listings.length} listings`)
      .catch(({ kind, message }: { kind: string; message: string }) => `${kind}: ${message}`)
  }
}

describe('a source that takes requests and never answers', () => {
  it('fails one request in time and the others at once, without asking it again', async () => {
    const askAgain = openSearch(200)
    peer.always('silent')
    expect(await askAgain()).toMatch(/^unavailable: .*timed out: no response within 0 s/)
    const sent = peer.requests.length
    const others = await Promise.all(Array.from({ length: 20 }, askAgain))
    for (const other of others)
      expect(other).toMatch(
        /^unavailable: auto.dev did not respond to the last request, so none was sent: .*timed out/,
      )
    expect(peer.requests.length).toBe(sent)
    peer.always(null)
  })

  it('does not count as one because it is broken, busy or breaks off', async () => {
    const askAgain = openSearch(60_000)
    peer.next({ status: 500 }, 'cut', { status: 429, headers: { 'retry-after': '1' } })
    const answers = [await askAgain(), await askAgain(), await askAgain(), await askAgain()]
    expect(answers.map((answer) => answer.split(':')[0])).toEqual([
      'unavailable',
      'unavailable',
      'busy',
      '0 listings',
    ])
  })
})
