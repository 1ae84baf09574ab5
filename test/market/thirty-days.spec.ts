import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { buildPeerListing } from '../support/auto-dev-peer.ts'
import { anyVin } from '../support/builders.ts'
import type { Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

/*
 * Thirty days of March 2027 in New York, where clocks go forward on the 14th. Two cars of ours are
 * analyzed each day at 6:00, beside markets where every car of a model has the same price; managers
 * act at noon; digests are checked from 7:05 on.
 *
 * The rules: market_moved 5%, supply_moved 20%, overpriced 7%, stale 60 days; cooldown 48 hours. A
 * price is in line within 3%.
 */

jest.setTimeout(240_000)

/** The table, computed by hand. The columns `raised` and `digest` are what the spec compares. */
const TABLE = `
day | Accord, ours and market | Civic, ours and market | raised at 6:00             | digest at 7:05                              | at noon
  1 | 26,750     8 × 26,750   | 20,000    10 × 20,000  |                            |                                             |
  2 | 26,750     8 × 28,355   | 20,000    10 × 20,000  | A market +6                | 1 price to review, 1 alert                  |
  3 | 26,750     8 × 28,355   | 20,000    10 × 20,000  |                            |                                             | Accord to 28,355
  4 | 28,355     8 × 28,355   | 20,000    10 × 20,000  |                            |                                             |
  5 | 28,355     8 × 28,355   | 20,000    10 × 20,000  |                            |                                             | dismiss A market
  6 | 28,355     8 × 25,600   | 20,000    10 × 20,000  | A over 10.8                | 1 price to review, 1 alert                  |
  7 | 28,355     8 × 25,600   | 20,000    10 × 20,000  |                            |                                             |
  8 | 28,355     8 × 25,600   | 20,000    10 × 20,000  | A market -9.7              | 1 price to review, 1 alert                  | snooze A market to day 15
  9 | 28,355     8 × 25,000   | 20,000    10 × 20,000  |                            |                                             | dismiss A over; Accord to 25,000
 10 | 25,000     8 × 25,000   | 20,000    10 × 20,000  |                            |                                             |
 11 | 25,000     8 × 25,000   | 20,000    10 × 20,000  | C stale                    | 1 alert                                     |
 12 | 25,000     8 × 25,000   | 20,000     8 × 20,000  | C supply -20               | 1 alert                                     | dismiss C supply
 13 | 25,000     8 × 25,000   | 20,000     6 × 20,000  |                            |                                             |
 14 | 25,000     8 × 25,000   | 20,000     6 × 20,000  |                            |                                             |
 15 | 25,000     8 × 25,000   | 20,000     6 × 20,000  | C supply -25               | 1 alert                                     | mute Civic to day 22
 16 | 25,000     8 × 25,000   | 20,000     6 × 20,000  |                            | 1 alert                                     | dismiss A market
 17 | 25,000     8 × 25,000   | 20,000     6 × 18,000  |                            |                                             |
 18 | 25,000     8 × 25,000   | 20,000     6 × 18,000  |                            |                                             |
 19 | 25,000     8 × 25,000   | 20,000     6 × 18,000  |                            |                                             |
 20 | 25,000     8 × 28,200   | 20,000     6 × 18,000  | A market +10.2 !           | 1 price to review, 1 alert                  | Accord to 28,200
 21 | 28,200     8 × 28,200   | 20,000     6 × 18,000  |                            |                                             | dismiss A market
 22 | 28,200     8 × 28,200   | 20,000     6 × 18,000  |                            |                                             |
 23 | 28,200     8 × 28,200   | 20,000     6 × 18,000  | C market -10 !, C over 11.1 | 1 price to review, 2 alerts                | Civic to 18,000
 24 | 28,200     8 × 28,200   | 18,000     6 × 18,000  |                            |                                             |
 25 | 28,200     8 × 28,200   | 18,000     6 × 18,000  |                            | 2 changes at competitors                    |
 26 | 28,200     8 × 28,200   | 18,000     6 × 18,000  |                            | 1 change at competitors                     | mute the rule market to day 29
 27 | 28,200     8 × 30,500   | 18,000     6 × 18,000  |                            | 1 price to review                           |
 28 | 28,200     8 × 30,500   | 18,000     6 × 18,000  |                            | 1 price to review, 1 change at competitors  |
 29 | 28,200     8 × 30,500   | 18,000     6 × 18,000  |                            |                                             |
 30 | 28,200     8 × 30,500   | 18,000     6 × 18,000  | A market +8.2              | 1 price to review, 1 alert                  |
`

type Row = Record<'accord' | 'civic' | 'raised' | 'digest' | 'noon', string> & { day: number }

const ROWS: Row[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [day, accord, civic, raised, digest, noon] = line.split('|').map((cell) => cell.trim())
    return {
      day: Number(day),
      accord: accord ?? '',
      civic: civic ?? '',
      raised: raised ?? '',
      digest: digest ?? '',
      noon: noon ?? '',
    }
  })

const NAMES: Readonly<Record<string, string>> = {
  market_moved: 'market',
  supply_moved: 'supply',
  overpriced: 'over',
  stale: 'stale',
}

/** The instant of an hour on a day in New York. */
const at = (day: number, hour: number, minute = 0): Date =>
  new Date(Date.UTC(2027, 2, day, hour + (day < 14 ? 5 : 4), minute))

let stage: MarketStage
let manager: Api
let now = at(1, 0)
const cars: Record<string, Inventory> = {}
beforeAll(async () => {
  stage = await openMarket({ SCHEDULE_TIME_ZONE: 'America/New_York' }, () => now)
  manager = await stage.as('manager')
  for (const [alertType, thresholdPercent] of [
    ['market_moved', 5],
    ['supply_moved', 20],
    ['overpriced', 7],
    ['stale', 7],
  ] as const)
    await manager
      .post('/api/market-alert-rules')
      .send({ name: alertType, alertType, thresholdPercent, thresholdDays: 60, cooldownHours: 48 })
      .expect(201)
  cars['A'] = await saveAccord(stage, { price: 26_750 })
  cars['C'] = await saveAccord(stage, { price: 20_000, model: 'Civic' })
  const listed = 'update inventory set listed_at = $2 where id = $1'
  await stage.sql(listed, [cars['A'].id, at(-10, 6)])
  await stage.sql(listed, [cars['C'].id, new Date(at(11, 6).getTime() - 60 * 86_400_000)])
})
afterAll(() => stage.close())

const getCar = (name: string): Inventory => {
  const car = cars[name.charAt(0)]
  if (!car) throw new Error(`There is no car ${name}.`)
  return car
}

const parsePrice = (text: string) => Number(text.replace(',', ''))

/** Puts the markets of a row on sale, and analyzes both cars. */
async function analyze({ accord, civic }: Row): Promise<void> {
  stage.peer.listings.length = 0
  for (const [model, cell] of [
    ['Accord', accord],
    ['Civic', civic],
  ] as const) {
    const [, count, price = ''] = /(\d+) × ([\d,]+)/.exec(cell) ?? []
    for (let car = 0; car < Number(count); car += 1)
      stage.peer.listings.push(
        buildPeerListing(anyVin(), parsePrice(price), { vehicle: { model } }),
      )
  }
  for (const car of Object.values(cars)) await stage.analyzeCar(car)
}

/** The alerts raised now, as the table has them. */
async function describeRaised(): Promise<string> {
  const { rows } = await stage.sql(
    `select car.model, alert_type, percent::float8, severity from market_alerts
     join inventory car on car.id = inventory_id where raised_at = $1
     order by car.model, alert_type`,
    [now],
  )
  const names = rows.map(({ model, alert_type: type, percent, severity }) => {
    const sign = type === 'market_moved' && percent > 0 ? '+' : ''
    const words = [model.charAt(0), NAMES[type], percent === null ? '' : `${sign}${percent}`]
    return [...words, severity === 'critical' ? '!' : ''].filter(Boolean).join(' ')
  })
  return names.join(', ')
}

/** Checks the digest at 6:50, 7:05, 7:20 and 11:05, and answers the subject of what was sent. */
async function sendDigests(day: number): Promise<string> {
  await stage.sql('delete from outgoing_mails')
  for (const [hour, minute] of [
    [6, 50],
    [7, 5],
    [7, 20],
    [11, 5],
  ] as const) {
    now = at(day, hour, minute)
    await stage.run('send-market-digests')
  }
  const { rows } = await stage.sql('select subject from outgoing_mails')
  return rows.map(({ subject }) => (subject as string).replace('Market: ', '')).join(' + ')
}

/** Does what the table says of noon. */
async function act(step: string): Promise<void> {
  const [, verb, name = '', type = ''] = /^(\w+)(?: the rule)? (\w+)(?: (\w+))?/.exec(step) ?? []
  const [, until = ''] = /to day (\d+)$/.exec(step) ?? []
  const instant = at(Number(until), 12).toISOString()
  const alertType = Object.entries(NAMES).find(([, short]) => short === type)?.[0]
  if (verb === 'dismiss')
    await stage.sql(
      `update market_alerts set dismissed = true, dismissed_at = $3
       where inventory_id = $1 and alert_type = $2 and dismissed is not true`,
      [getCar(name).id, alertType, now],
    )
  else if (verb === 'snooze') {
    const { rows } = await stage.sql(
      `select id from market_alerts where inventory_id = $1 and alert_type = $2
       and dismissed is not true`,
      [getCar(name).id, alertType],
    )
    await manager
      .patch(`/api/market-alerts/${rows[0]?.id}`)
      .send({ snoozedUntilAt: instant })
      .expect(200)
  } else if (step.startsWith('mute the rule'))
    await manager
      .patch('/api/market-alert-rules?where[alertType][equals]=market_moved')
      .send({ mutedUntilAt: instant })
      .expect(200)
  else if (verb === 'mute')
    await manager
      .patch(`/api/inventory/${getCar(name).id}`)
      .send({ alertsMutedUntilAt: instant })
      .expect(200)
  else
    await stage.sql('update inventory set price = $2 where id = $1', [
      getCar(step).id,
      parsePrice(step.split(' to ')[1] ?? ''),
    ])
}

/** What the scraper of a competitor finds in the nights before some days. */
async function scrape(day: number): Promise<void> {
  const night = at(day, 2)
  if (day === 10) await saveCompetitor(stage, { name: 'Riverside' })
  const add = (title: string, about = '') =>
    stage.sql(
      `insert into competitor_inventory (competitor_id, title, price, first_seen_at, last_seen_at,
        is_sold, sold_at, updated_at)
       select id, $1, 19900, $2, $2, $3, case when $3 then $4::timestamptz end, $4
       from competitors`,
      [title, about === 'sold' ? at(10, 2) : night, about === 'sold', night],
    )
  const price = (title: string, dollars: number) =>
    stage.sql(
      `insert into competitor_price_history (competitor_inventory_id, recorded_at, price)
       select id, $2, $3 from competitor_inventory where title = $1`,
      [title, night, dollars],
    )
  if (day === 10) for (const title of ['First', 'Second']) await add(title)
  if (day === 10) await price('First', 19_900)
  if (day === 25) for (const title of ['Third', 'Fourth']) await add(title)
  if (day === 26) await price('First', 18_900)
  if (day === 28) {
    await stage.sql(`delete from competitor_inventory where title = 'Second'`)
    await add('Second', 'sold')
  }
}

it('thirty days raise the alerts and send the digests of the table, and no others', async () => {
  const found: [number, string, string][] = []
  for (const row of ROWS) {
    await scrape(row.day)
    now = at(row.day, 6)
    await analyze(row)
    const raised = await describeRaised()
    found.push([row.day, raised, await sendDigests(row.day)])
    now = at(row.day, 12)
    for (const step of row.noon.split('; ').filter(Boolean)) await act(step)
  }
  expect(found).toEqual(ROWS.map(({ day, raised, digest }) => [day, raised, digest]))
})
