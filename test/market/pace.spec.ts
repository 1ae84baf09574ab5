import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { z } from 'zod'
import { requestJson } from '../../plugins/market/adapters/auto-dev/client.ts'
import { type Pace, createPace } from '../../plugins/market/adapters/pace.ts'
import { Egress } from '../../src/egress/egress.ts'
import { createTrustedGuard } from '../../src/egress/gate.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { countSlots, findShortestGap, logSlots } from '../support/slot-log.ts'
import { openTwoPools } from '../support/two-pools.ts'

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

const forEver = new AbortController().signal

/** Takes a turn for a request that leaves at once. */
const takeTurn = async (pace: Pace, signal: AbortSignal): Promise<void> =>
  (await pace.acquireSlot(signal)).markSent()

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
  it('are sent apart to the source, whatever a connection takes', async () => {
    let arrived = 0
    const peer = createServer((_, res) => {
      arrived++
      res.setHeader('connection', 'close')
      res.end('{"vin":"1","data":[]}')
    }).listen(0, '127.0.0.1')
    await once(peer, 'listening')
    const url = `http://peer.example:${(peer.address() as AddressInfo).port}`
    /**
     * Looking up a name and making a connection take long now and then, and nothing at other times.
     */
    const slowly = createTrustedGuard(async () => {
      await sleep(arrived % 3 === 0 ? 90 : 0)
      return ['127.0.0.1']
    })
    const egress = new Egress(slowly)
    const takeTurns = async (pool: pg.Pool) => {
      const pace = createPace(pool, 'a peer', 60)
      const signal = forEver
      for (let turns = 0; turns < 5; turns++)
        await requestJson(
          { url, key: 'x', egress },
          { path: '/listings', schema: z.unknown() },
          { signal, acquireSlot: () => pace.acquireSlot(signal) },
        )
    }
    await Promise.all([...pools, ...pools].map(takeTurns))
    await egress.close()
    peer.close()
    expect(arrived).toBe(20)
    expect(await countSlots(forecourt, 'a peer')).toBe(20)
    expect(await findShortestGap(forecourt, 'a peer')).toBeGreaterThanOrEqual(60)
  })

  it('wait for no answer, and hold their turn until its lease ends', async () => {
    const pace = createPace(pools[0], 'a slow peer', 20)
    await (await pace.acquireSlot(forEver)).markSent()
    await pace.acquireSlot(forEver) // nobody answers what was sent
    const waiting = pace.acquireSlot(AbortSignal.timeout(300)).catch((error: unknown) => error)
    expect(await waiting).toMatchObject({ name: 'TimeoutError' })
    const { rows } = await forecourt.sql(
      "select held_until - now() between interval '10 seconds' and interval '16 seconds' as " +
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
    await turn.markSent()
    expect(await takeTurn(pace, forEver).catch((error: unknown) => error)).toMatchObject({
      kind: 'queued',
    })
  })
})
