import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { buildPeerListing } from '../support/auto-dev-peer.ts'
import type { Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { day } from '../support/sightings.ts'

let stage: MarketStage
let viewer: Api
let now = day(0)
beforeAll(async () => {
  stage = await openMarket({ MARKET_LATITUDE: '39.0997', MARKET_LONGITUDE: '-94.5786' }, () => now)
  viewer = await stage.as('viewer')
})
afterAll(() => stage.close())

const vinOf = (number: number) => `1HGCV1F30MA${String(number).padStart(6, '0')}`

/** Has the peer sell the cars with these numbers, each listed on day 0. */
function offer(...numbers: number[]) {
  stage.peer.listings.length = 0
  stage.peer.listings.push(
    ...numbers.map((number) =>
      buildPeerListing(vinOf(number), 20_000 + 100 * number, { createdAt: day(0).toISOString() }),
    ),
  )
}

async function analyzeOn(days: number, car: Inventory, ...numbers: number[]) {
  now = day(days)
  offer(...numbers)
  return stage.analyzeCar(car)
}

const marketOf = async ({ id }: Inventory) =>
  (await viewer.get(`/api/inventory/${id}/market`).expect(200)).body

describe('the market of a car', () => {
  it('tells how long cars stay, how far they are, and what those that left cost', async () => {
    const car = await saveAccord(stage, { listedAt: day(30).toISOString() })
    await analyzeOn(0, car, 1, 2, 3, 4, 5, 6, 7, 8)
    await analyzeOn(30, car, 1, 2, 3, 4, 5, 6)
    const early = (await marketOf(car)).analysis.marketDaysSupply
    expect(early).toMatchObject({
      days: null,
      reason: 'Such cars have been recorded for 30 days; 45 days are needed.',
      forSale: 6,
    })
    for (const days of [33, 58]) await analyzeOn(days, car, 1, 2, 3, 4, 5, 6)
    const { analysis, car: ours } = await marketOf(car)
    expect(ours.daysOnMarket).toBe(30)
    expect(analysis.marketDaysSupply).toEqual({ days: 135, reason: null, forSale: 6, sold: 2 })
    expect(analysis.distanceProblem).toBeNull()
    expect(analysis.sold).toMatchObject([
      { vin: vinOf(7), price: 20_700, soldAt: day(30).toISOString(), daysOnMarket: 30 },
      { vin: vinOf(8), price: 20_800, soldAt: day(30).toISOString(), daysOnMarket: 30 },
    ])
    expect(
      analysis.comparables.map(
        (one: { daysOnMarket: number; distanceMiles: number }) =>
          `${one.daysOnMarket} days, ${one.distanceMiles} miles`,
      ),
    ).toEqual(Array(6).fill('60 days, 9.6 miles'))
  })
})
