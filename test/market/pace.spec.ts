import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { z } from 'zod'
import { type AutoDevAccess, requestJson } from '../../plugins/market/adapters/auto-dev/client.ts'
import { type Pace, createPace } from '../../plugins/market/adapters/pace.ts'
import { createCircuitBreaker } from '../../src/egress/circuit-breaker.ts'
import { Egress } from '../../src/egress/egress.ts'
import { createTrustedGuard } from '../../src/egress/gate.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { PauseLog } from '../support/pauses.ts'
import { countSlots, findShortestGap, logSlots } from '../support/slot-log.ts'
import { openTwoPools } from '../support/two-pools.ts'
import { waitUntil } from '../support/work.ts'

let forecourt: TestForecourt
let pools: ReturnType<typeof openTwoPools>
beforeAll(async () => {
  forecourt = await openForecourt()
  await logSlots(forecourt)
  pools = openTwoPools(forecourt.url)
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await forecourt.close()
})

const ANSWER = 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 11\r\n\r\n{"data":[]}'
const forEver = new AbortController().signal

/** Takes a turn for a request that leaves at once. */
const takeTurn = async (pace: Pace, signal: AbortSignal): Promise<void> =>
  (await pace.acquireSlot(signal)).release()

describe('the turns of a source', () => {
  it('are apart over all processes', async () => {
    const paces = Array.from({ length: 20 }, (_, index) =>
      createPace(pools[index % 2 === 0 ? 0 : 1], 'a source', 40),
    )
    await Promise.all(paces.map((pace) => takeTurn(pace, forEver)))
    expect(await countSlots(forecourt, 'a source')).toBe(20)
    expect(await findShortestGap(forecourt, 'a source')).toBeGreaterThanOrEqual(40)
  })

  it('are far away once the source wants to be left alone, for everybody', async () => {
    const [one, other] = [
      createPace(pools[0], 'a busy source', 10),
      createPace(pools[1], 'a busy source', 10),
    ]
    await takeTurn(one, forEver)
    await other.pause(40)
    for (const pace of [one, other]) {
      const refusal: unknown = await takeTurn(pace, forEver).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ name: 'SourceError', kind: 'queued' })
      expect((refusal as { waitSeconds: number }).waitSeconds).toBeGreaterThan(25)
      expect((refusal as { waitSeconds: number }).waitSeconds).toBeLessThanOrEqual(41)
    }
  })

  it(
    'are waited for where the gap itself is long, or a run that asks twice would begin again for ' +
      'ever',
    async () => {
      const pace = createPace(pools[0], 'a very slow source', 20_000)
      await takeTurn(pace, forEver)
      const waiting = takeTurn(pace, AbortSignal.timeout(200)).catch((error: unknown) => error)
      expect(await waiting).toMatchObject({ name: 'TimeoutError' })
    },
  )

  it('are given up by those who wait for one when it happens', async () => {
    const pace = createPace(pools[0], 'a slow source', 400)
    await takeTurn(pace, forEver)
    const waiting = takeTurn(pace, forEver).catch((error: unknown) => error)
    await sleep(50)
    await pace.pause(60)
    expect(await waiting).toMatchObject({ kind: 'queued' })
  })

  it('are not shortened by a shorter pause, and are each source’s own', async () => {
    const pace = createPace(pools[0], 'one more', 10)
    await pace.pause(50)
    await pace.pause(1)
    expect(await takeTurn(pace, forEver).catch((error: unknown) => error)).toMatchObject({
      kind: 'queued',
    })
    await takeTurn(createPace(pools[0], 'yet another', 10), forEver)
  })

  it('are not waited for by a run that is broken off', async () => {
    const pace = createPace(pools[0], 'left', 5_000)
    await takeTurn(pace, forEver)
    const leaving = new AbortController()
    const waiting = takeTurn(pace, leaving.signal)
    leaving.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow()
  })
})

describe('the requests of several processes', () => {
  /** A source that sees a request after a delay; null: it never responds. */
  async function startSource(getDelay: () => number | null) {
    const arrivals = new PauseLog()
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        const delay = getDelay()
        const arrive = () => {
          arrivals.mark()
          if (delay !== null) socket.end(ANSWER)
        }
        setTimeout(arrive, delay ?? 0)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return { arrivals, server, port: (server.address() as AddressInfo).port }
  }

  const anAccess = (port: number, egress: Egress) => ({
    url: `http://peer.example:${port}`,
    key: 'x',
    egress,
    breaker: createCircuitBreaker({ isUnresponsive: () => false, coolDownMs: 0 }),
  })
  const ask = (access: AutoDevAccess, pace: Pace, signal = forEver) =>
    requestJson(
      access,
      { path: '/listings', schema: z.unknown() },
      { signal, acquireSlot: () => pace.acquireSlot(signal) },
    )

  it('arrive apart at the source, whatever a connection and the way there take', async () => {
    let requests = 0
    const source = await startSource(() => (++requests % 3 === 0 ? 50 : 0))
    /** Looking up a name takes long now and then, and nothing at other times. */
    const slowly = createTrustedGuard(async () => {
      await sleep(requests % 4 === 0 ? 90 : 0)
      return ['127.0.0.1']
    })
    const egress = new Egress(slowly)
    const access = anAccess(source.port, egress)
    const takeTurns = async (pool: pg.Pool) => {
      const pace = createPace(pool, 'a peer', 60)
      for (let turns = 0; turns < 5; turns++) await ask(access, pace)
    }
    await Promise.all([...pools, ...pools].map(takeTurns))
    await egress.close()
    source.server.close()
    expect(source.arrivals.length).toBe(20)
    expect(source.arrivals.findShortest()).toBeGreaterThanOrEqual(60)
    expect(await countSlots(forecourt, 'a peer')).toBe(20)
    expect(await findShortestGap(forecourt, 'a peer')).toBeGreaterThanOrEqual(60)
  })

  it('do not wait for the response of one that hangs', async () => {
    const source = await startSource(() => null)
    const egress = new Egress(createTrustedGuard(async () => ['127.0.0.1']))
    const access = anAccess(source.port, egress)
    const pace = createPace(pools[0], 'a hung peer', 60)
    const leaving = new AbortController()
    const requests = [1, 2].map(() => ask(access, pace, leaving.signal).catch(() => 'left'))
    await waitUntil(() => source.arrivals.length === 2, 'both requests arrive')
    leaving.abort(new Error('stopped'))
    expect(await Promise.all(requests)).toEqual(['left', 'left'])
    await egress.close()
    source.server.close()
  })

  it('wait for no answer, and hold their turn until its lease ends', async () => {
    const pace = createPace(pools[0], 'a slow peer', 20)
    await (await pace.acquireSlot(forEver)).release()
    await pace.acquireSlot(forEver) // nobody answers what was sent
    const waiting = pace.acquireSlot(AbortSignal.timeout(300)).catch((error: unknown) => error)
    expect(await waiting).toMatchObject({ name: 'TimeoutError' })
    const { rows } = await forecourt.sql(
      "select held_until - now() between interval '15 seconds' and interval '21 seconds' as " +
        "leased from request_slots where server = 'a slow peer'",
    )
    expect(rows).toEqual([{ leased: true }])
    await forecourt.sql("update request_slots set held_until = now() where server = 'a slow peer'")
    await takeTurn(pace, forEver)
  })

  it('stay away where the source paused while one of them was being sent', async () => {
    const pace = createPace(pools[0], 'a tired peer', 10)
    const turn = await pace.acquireSlot(forEver)
    await pace.pause(40)
    await turn.release()
    expect(await takeTurn(pace, forEver).catch((error: unknown) => error)).toMatchObject({
      kind: 'queued',
    })
  })
})
