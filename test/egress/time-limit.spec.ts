import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { Egress } from '../../src/egress/egress.ts'
import { createTrustedGuard } from '../../src/egress/gate.ts'
import { TimeLimitExceeded, withTimeLimit } from '../../src/egress/time-limit.ts'
import { waitUntil } from '../support/work.ts'

const MILLISECONDS = 300
const pending = () => new Promise<never>(() => undefined)
const reasonOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** Collects garbage again and again while there is a lot of it. Ends with the function returned. */
function collectGarbage(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = z.function().parse(runInNewContext('gc')) as () => void
  const timer = setInterval(() => {
    Array.from({ length: 50_000 }, (_, index) => ({ index }))
    collect()
  }, 20)
  return () => clearInterval(timer)
}

describe('a time limit', () => {
  let stop: () => void
  beforeAll(() => {
    stop = collectGarbage()
  })
  afterAll(() => stop())

  it('ends work that waits for ever, while garbage is collected and nobody else holds it', async () => {
    const works = Array.from({ length: 20 }, () =>
      reasonOf(withTimeLimit({ milliseconds: MILLISECONDS }, pending)),
    )
    for (const error of await Promise.all(works)) expect(error).toBeInstanceOf(TimeLimitExceeded)
  })

  it('aborts the signal that the work waits for', async () => {
    const listening = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    const works = Array.from({ length: 20 }, () =>
      reasonOf(withTimeLimit({ milliseconds: MILLISECONDS }, listening)),
    )
    for (const error of await Promise.all(works)) expect(error).toBeInstanceOf(TimeLimitExceeded)
  })

  it('lets the caller cancel earlier, before the work begins too', async () => {
    const caller = new AbortController()
    const work = withTimeLimit({ milliseconds: 60_000, signal: caller.signal }, pending)
    caller.abort(new Error('stopped'))
    await expect(work).rejects.toThrow('stopped')
    let hasBegun = false
    const late = withTimeLimit({ milliseconds: 60_000, signal: caller.signal }, async () => {
      hasBegun = true
    })
    await expect(late).rejects.toThrow('stopped')
    expect(hasBegun).toBe(false)
  })

  it('passes the value and the error of work that is done in time', async () => {
    const limit = { milliseconds: 60_000 }
    expect(await withTimeLimit(limit, async (signal) => signal.aborted)).toBe(false)
    await expect(
      withTimeLimit(limit, async () => Promise.reject(new Error('failed'))),
    ).rejects.toThrow('failed')
  })
})

describe('requests to a server that takes them and never answers', () => {
  const REQUESTS = 8
  let arrived = 0
  let server: Server
  let url = ''
  beforeAll(async () => {
    server = createServer((request, response) => {
      arrived += 1
      if (request.url === '/half') response.writeHead(200, { 'content-length': '10' }).write('half')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each(['/none', '/half'])('end at their time while garbage is collected: %s', async (path) => {
    arrived = 0
    const egress = new Egress(createTrustedGuard(), { total: 3_000 })
    const caller = new AbortController()
    const requests = Array.from({ length: REQUESTS }, (_, number) =>
      reasonOf(
        egress.sendDirectly({
          url: url + path,
          ...(number % 2 === 0 && { signal: caller.signal }),
          ...(number % 4 < 2 && { onSent: () => undefined }),
        }),
      ),
    )
    await waitUntil(() => arrived === REQUESTS, 'every request arrives')
    const stop = collectGarbage()
    for (const error of await Promise.all(requests))
      expect(error).toMatchObject({ kind: 'timeout' })
    stop()
    await egress.close()
  })
})
