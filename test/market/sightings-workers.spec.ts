import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { buildPeerListing } from '../support/auto-dev-peer.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { queueJob, startEngine, waitUntil } from '../support/work.ts'

let stage: MarketStage
let second: Engine
beforeAll(async () => {
  stage = await openMarket()
  second = await startEngine(stage)
})
afterAll(async () => {
  await second.stop(0)
  await stage.close()
})

const vinOf = (number: number) => `1HGCV1F30MA${String(number).padStart(6, '0')}`

/** Has the peer sell the cars with these numbers. */
function offer(numbers: readonly number[]) {
  stage.peer.listings.length = 0
  stage.peer.listings.push(...numbers.map((number) => buildPeerListing(vinOf(number), 20_000)))
}

describe('the analyses of two workers', () => {
  it('of cars with one market, at once, record each car of it once', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => 100 + index)
    offer(numbers)
    const cars = await Promise.all(Array.from({ length: 12 }, () => saveAccord(stage)))
    const jobs = await Promise.all(
      cars.map(({ id }) => queueJob(stage, 'analyse-vehicle', { car: id })),
    )
    const loadStatuses = async () => {
      const { rows } = await stage.sql(
        'select status from job_history where job_id = any($1) and completed_at is not null',
        [jobs],
      )
      return rows.map(({ status }) => status as string)
    }
    await waitUntil(async () => (await loadStatuses()).length >= jobs.length, 'all analyses')
    expect(await loadStatuses()).toEqual(jobs.map(() => 'success'))
    const { rows } = await stage.sql('select listing from market_sightings')
    expect(rows.map(({ listing }) => listing as string).sort()).toEqual(numbers.map(vinOf))
  })
})
