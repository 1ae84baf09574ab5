import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { loadCompetitorStock } from '../../jobs/workflows/competitor-stock.ts'
import type { Search } from '../../plugins/market/domain/search.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

let forecourt: TestForecourt
beforeAll(async () => void (forecourt = await openForecourt()))
afterAll(() => forecourt.close())

it('the stock of competitors says when there is more of it than it gives', async () => {
  const { id } = await saveCompetitor(forecourt, { name: 'Riverside' })
  const add = (from: number, to: number) =>
    forecourt.sql(
      `insert into competitor_inventory (competitor_id, title, stock_number, year, make, model,
        price, mileage, last_seen_at, is_sold)
       select $1, '2021 Honda Accord', 'A' || n, 2021, 'Honda', 'Accord', 20000 + n, 30000, now(),
         false from generate_series($2::int, $3::int) n`,
      [id, from, to],
    )
  const search: Search = {
    reach: 'near_miles',
    make: 'Honda',
    model: 'Accord',
    fromYear: 2021,
    toYear: 2021,
    fromMiles: null,
    toMiles: null,
  }
  const found = async () => {
    const { listings, complete } = await loadCompetitorStock(
      forecourt.payload,
      search,
      '2000-01-01',
    )
    return { many: listings.length, complete }
  }
  await add(1, 500)
  expect(await found()).toEqual({ many: 500, complete: true })
  await add(501, 501)
  expect(await found()).toEqual({ many: 500, complete: false })
})
