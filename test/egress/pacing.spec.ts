import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { createPacing, type Pacing, type SlotRequest } from '../../src/egress/pacing.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findShortestGap, logSlots } from '../support/slot-log.ts'

let forecourt: TestForecourt
/** Two processes, as far as the database is concerned. */
let pools: pg.Pool[]
let one: Pacing
let other: Pacing
beforeAll(async () => {
  forecourt = await openForecourt()
  await logSlots(forecourt)
  pools = [1, 2].map(() => new pg.Pool({ connectionString: forecourt.url, max: 2 }))
  ;[one, other] = pools.map(createPacing) as [Pacing, Pacing]
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await forecourt.close()
})

const acquire = (pacing: Pacing, server: string, options: Partial<SlotRequest> = {}) =>
  pacing.acquireSlot({ server, leaseMs: 10_000, signal: AbortSignal.timeout(5_000), ...options })

describe('the slot of a server', () => {
  it('is held by one request at a time, and is free a gap after its release', async () => {
    const slot = await acquire(one, 'https://one.example')
    const order: string[] = []
    const next = acquire(other, 'https://one.example').then(() => order.push('acquired'))
    await sleep(100)
    order.push('released')
    await slot.release(200)
    await next
    expect(order).toEqual(['released', 'acquired'])
    expect(await findShortestGap(forecourt, 'https://one.example')).toBeGreaterThanOrEqual(200)
  })

  it('is separate for every server', async () => {
    await acquire(one, 'https://busy.example')
    await acquire(other, 'https://idle.example', { maxPauseMs: 0 })
    await expect(acquire(other, 'https://busy.example', { maxWaitMs: 50 })).rejects.toMatchObject({
      name: 'SlotUnavailable',
    })
  })

  it('is free when the lease of a crashed process ends, which cannot release it later', async () => {
    const lost = await acquire(one, 'https://crashed.example', { leaseMs: 100 })
    await acquire(other, 'https://crashed.example')
    await lost.release(0)
    const third = acquire(one, 'https://crashed.example', { maxWaitMs: 100 })
    await expect(third).rejects.toMatchObject({ name: 'SlotUnavailable', waitMs: null })
  })

  it('is not waited for if its gap is longer than allowed', async () => {
    await (await acquire(one, 'https://slow.example')).release(60_000)
    const next = acquire(other, 'https://slow.example', { maxPauseMs: 30_000 })
    const error: unknown = await next.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'SlotUnavailable' })
    const { waitMs } = error as { waitMs: number }
    expect(waitMs > 50_000 && waitMs <= 60_000).toBe(true)
  })

  it('stays blocked for a pause that began while it was held', async () => {
    const slot = await acquire(one, 'https://tired.example')
    await other.pause('https://tired.example', 60)
    await other.pause('https://tired.example', 1)
    await slot.release(0)
    const next = acquire(one, 'https://tired.example', { maxPauseMs: 30_000 })
    await expect(next).rejects.toMatchObject({ name: 'SlotUnavailable' })
  })

  it('is not waited for by a caller that leaves, which gets its own reason', async () => {
    await acquire(one, 'https://left.example')
    const leaving = new AbortController()
    const next = acquire(other, 'https://left.example', { signal: leaving.signal })
    leaving.abort(new Error('The worker was stopped.'))
    await expect(next).rejects.toThrow('The worker was stopped.')
  })
})
