import { describe, expect, it } from '@jest/globals'
import { createEventStream } from '../../jobs/endpoints/event-stream.ts'
import { waitUntil } from '../support/work.ts'

describe('a stream of events', () => {
  const pace = {
    pollMs: 1,
    keepAliveMs: 10_000,
    maxMs: 60_000,
    event: 'counts',
    first: { fingerprint: '0', data: '0' },
    signals: [],
  }

  it('keeps nothing for a reader that does not read, and cuts it off at the end', async () => {
    let looks = 0
    const over = new AbortController()
    const look = async () => ({ fingerprint: String(++looks), data: String(looks) })
    const end = new Promise((resolve) => {
      const reader = createEventStream({
        ...pace,
        load: look,
        signals: [over.signal],
        onEnd: () => resolve(reader),
      }).getReader()
    })
    await waitUntil(() => looks > 20, 'some looks')
    over.abort()
    const reader = (await end) as ReadableStreamDefaultReader<Uint8Array>
    await expect(reader.read()).rejects.toThrow('The client stopped reading the event stream.')
  })

  it('tells the latest news to a reader that comes back to it', async () => {
    let looks = 0
    const look = async () => ({ fingerprint: String(++looks), data: String(looks) })
    const reader = createEventStream({ ...pace, load: look, onEnd: () => undefined }).getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    await waitUntil(() => looks > 20, 'some looks')
    expect(await next()).toBe('event: counts\ndata: 0\n\n')
    expect(Number(/data: (\d+)/.exec(await next())?.[1])).toBeGreaterThan(20)
    await reader.cancel()
  })

  it('says why it ended when a look failed, and ends in good order', async () => {
    const failure = new Promise((resolve) => {
      const look = () => Promise.reject(new Error('no answer'))
      void createEventStream({ ...pace, load: look, onEnd: resolve }).pipeTo(new WritableStream())
    })
    expect(await failure).toEqual(new Error('no answer'))
  })
})
