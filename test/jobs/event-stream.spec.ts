import { describe, expect, it } from '@jest/globals'
import { eventStream } from '../../jobs/endpoints/event-stream.ts'
import { until } from '../support/work.ts'

describe('a stream of events', () => {
  const pace = { pause: 1, quiet: 10_000, lasts: 60_000, event: 'counts', first: { news: '0', data: '0' }, until: [] }

  it('keeps nothing for a reader that does not read, and cuts it off at the end', async () => {
    let looks = 0
    const over = new AbortController()
    const look = async () => ({ news: String(++looks), data: String(looks) })
    const end = new Promise((resolve) => {
      const reader = eventStream({ ...pace, look, until: [over.signal], ended: () => resolve(reader) }).getReader()
    })
    await until(() => looks > 20, 'some looks')
    over.abort()
    const reader = (await end) as ReadableStreamDefaultReader<Uint8Array>
    await expect(reader.read()).rejects.toThrow('Nobody reads these events.')
  })

  it('tells the latest news to a reader that comes back to it', async () => {
    let looks = 0
    const look = async () => ({ news: String(++looks), data: String(looks) })
    const reader = eventStream({ ...pace, look, ended: () => undefined }).getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    await until(() => looks > 20, 'some looks')
    expect(await next()).toBe('event: counts\ndata: 0\n\n')
    expect(Number(/data: (\d+)/.exec(await next())?.[1])).toBeGreaterThan(20)
    await reader.cancel()
  })

  it('says why it ended when a look failed, and ends in good order', async () => {
    const failure = new Promise((resolve) => {
      const look = () => Promise.reject(new Error('no answer'))
      void eventStream({ ...pace, look, ended: resolve }).pipeTo(new WritableStream())
    })
    expect(await failure).toEqual(new Error('no answer'))
  })
})
