import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import type { DecisionsAnswer } from '../../plugins/market/endpoints/api-schemas.ts'
import type { Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'

const MARKET = [19_000, 19_500, 20_000, 20_500, 21_000]

let stage: MarketStage
let viewer: Api
let manager: Api
beforeAll(async () => {
  stage = await openMarket()
  await stage.sql('delete from market_alert_rules')
  viewer = await stage.as('viewer')
  manager = await stage.as('manager')
})
afterAll(() => stage.close())

const loadDecisions = async (query = '', as = manager): Promise<DecisionsAnswer> =>
  (await as.get(`/api/market/decisions${query}`).expect(200)).body

/** Puts a car on an otherwise empty lot and compares it with five cars around $20,000. */
async function analyzeOnly(about: Partial<Inventory>): Promise<Inventory> {
  await stage.sql('delete from inventory')
  return analyze(about)
}

async function analyze(about: Partial<Inventory>): Promise<Inventory> {
  stage.offerCars(...MARKET)
  const car = await saveAccord(stage, { cost: 15_000, ...about })
  await stage.analyzeCar(car)
  return car
}

const saveAlert = (car: Inventory, type: string, message: string, about = '') =>
  stage.sql(
    `insert into market_alerts (rule_name, inventory_id, alert_type, severity, message, percent,
       our_price, dismissed, raised_at)
     values ('A rule', $1, $2, 'warning', $3, 8, $4, false, now())`,
    [car.id, type, `${car.title}: ${message}${about}`, car.price],
  )

const summarize = ({ decisions }: DecisionsAnswer) =>
  decisions.map(({ car, problem }) => [car.price, problem])

describe('the decisions to make', () => {
  it('say what is wrong with a price, which one is suggested, and where both stand', async () => {
    const car = await analyzeOnly({ price: 23_000, stockNumber: 'A-17' })
    await stage.sql(`update inventory set listed_at = now() - interval '41 days'`)
    const answer = await loadDecisions()
    expect(answer).toMatchObject({ total: 1, counts: { high: 1, low: 0 }, goal: 'market' })
    expect(answer.decisions).toEqual([
      {
        car: {
          id: car.id,
          title: car.title,
          price: 23_000,
          mileage: 30_000,
          stockNumber: 'A-17',
          daysOnLot: 41,
        },
        problem: 'high',
        sentence: '$23,000 is 15.0% above the market price of $20,000.',
        expectedPrice: 20_000,
        suggestedPrice: 20_000,
        range: { low: 19_400, high: 20_600 },
        priceToMarket: 115,
        rank: { position: 6, of: 6 },
        confidence: 'low',
        sampleSize: 5,
        analysedAt: expect.any(String),
      },
    ])
  })

  it(
    'are about prices beyond 3% of the market price, and beyond 7% more urgent, the furthest ' +
      'first',
    async () => {
      await analyzeOnly({ price: 20_600 })
      for (const price of [19_399, 20_601, 21_401, 18_599, 24_000, 21_400]) await analyze({ price })
      const answer = await loadDecisions()
      expect(summarize(answer)).toEqual([
        [24_000, 'high'],
        [21_401, 'high'],
        [18_599, 'low'],
        [21_400, 'slightly_high'],
        [19_399, 'slightly_low'],
        [20_601, 'slightly_high'],
      ])
      expect(answer.counts).toMatchObject({ high: 2, low: 1, slightly_high: 2, slightly_low: 1 })
      const [first, ...others] = (await loadDecisions('?limit=1&problem=slightly_high')).decisions
      expect([first?.car.price, others]).toEqual([21_400, []])
    },
  )

  it(
    'are about what open alerts say, in their words, unless they are snoozed or the price has ' +
      'changed since',
    async () => {
      const undercut = await analyzeOnly({ price: 20_000 })
      await saveAlert(undercut, 'competitor_undercut', 'Northside Motors is asking $18,000.')
      const stale = await analyze({ price: 20_100 })
      await saveAlert(stale, 'stale', 'for sale for 60 days.')
      await stage.sql(`update inventory set listed_at = now() - interval '95 days' where id = $1`, [
        stale.id,
      ])
      const moved = await analyze({ price: 20_200 })
      await saveAlert(moved, 'market_moved', 'The market price rose by 8%.')
      const far = await analyze({ price: 23_000 })
      await saveAlert(far, 'market_moved', 'The market price fell by 8%.')
      const { decisions } = await loadDecisions()
      expect(decisions.map(({ problem, sentence }) => [problem, sentence])).toEqual([
        [
          'high',
          '$23,000 is 15.0% above the market price of $20,000. The market price fell by 8%.',
        ],
        [
          'undercut',
          'Northside Motors is asking $18,000. $20,000 is in line with the market price of $20,000.',
        ],
        [
          'moved',
          'The market price rose by 8%. $20,200 is in line with the market price of $20,000.',
        ],
        [
          'stale',
          'It has been on the lot for 95 days. $20,100 is in line with the market price of $20,000.',
        ],
      ])
      await stage.sql(
        `update market_alerts set snoozed_until_at = now() + interval '1 day'
         where inventory_id = $1`,
        [undercut.id],
      )
      await stage.sql('update market_alerts set dismissed = true where inventory_id = $1', [
        stale.id,
      ])
      await manager.patch(`/api/inventory/${moved.id}`).send({ price: 20_150 }).expect(200)
      expect(summarize(await loadDecisions())).toEqual([[23_000, 'high']])
    },
  )

  it('are about cars without a market price, and about outdated ones, last', async () => {
    await analyzeOnly({ price: 20_000 })
    await stage.sql(
      `update market_research_results set last_analyzed_at = now() - interval '8 days'`,
    )
    await saveAccord(stage, { price: 17_000 })
    stage.offerCars(19_000)
    await stage.analyzeCar(await saveAccord(stage, { price: 18_000 }))
    await saveAccord(stage, { price: 90_000, status: 'sold' })
    const { decisions } = await loadDecisions()
    expect(decisions.map(({ problem, sentence }) => [problem, sentence])).toEqual([
      ['no_data', 'It has never been compared with the market.'],
      ['no_data', 'There is no market price: only 1 car like this one is for sale.'],
      ['outdated', 'It has not been compared with the market for a week or more.'],
    ])
    expect(decisions[0]).toMatchObject({ suggestedPrice: null, range: null, rank: null })
  })

  it('never suggest less than a car cost, which only those see who may see the cost', async () => {
    await analyzeOnly({ price: 25_000, cost: 20_410 })
    const [theirs] = (await loadDecisions()).decisions
    expect(theirs).toMatchObject({
      suggestedPrice: 20_450,
      range: { low: 20_450, high: 20_600 },
      sentence: expect.stringContaining('Our cost is $20,410, so $20,450 is suggested.'),
    })
    const [seen] = (await loadDecisions('', viewer)).decisions
    expect(seen).toMatchObject({
      suggestedPrice: 20_000,
      sentence: '$25,000 is 25.0% above the market price of $20,000.',
    })
  })

  it('are for staff, and take a limit of 1 to 100 and a problem that there is', async () => {
    await stage.anonymous.get('/api/market/decisions').expect(401)
    const { api: owner } = await stage.asOwner()
    await owner.get('/api/market/decisions').expect(403)
    for (const query of ['limit=0', 'limit=101', 'problem=dear', 'sort=price'])
      await viewer.get(`/api/market/decisions?${query}`).expect(400)
  })

  it('survive analyses written by hand', async () => {
    await analyzeOnly({ price: 23_000 })
    await stage.sql(
      `update market_research_results set comparable_vehicles = '"x"',
         search_parameters = search_parameters || '{"firstQuartile": "x", "confidence": 7}'`,
    )
    const [decision] = (await loadDecisions()).decisions
    expect(decision).toMatchObject({ confidence: 'none', rank: { position: 1, of: 6 } })
  })
})
