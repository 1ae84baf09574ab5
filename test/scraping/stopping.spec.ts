import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'
import { queueJob, runEnded, runsOf, until, working } from '../support/work.ts'

let forecourt: TestForecourt
let site: DealerSite

beforeAll(async () => {
  site = await openDealerSite('dealer-center', simulateWorld({ seed: 3, cars: 30 }), { perPage: 10, millis: 1_000 })
  forecourt = await openForecourt({ SCRAPING_ALLOWED_ORIGINS: site.origin, SCRAPING_ALLOWED_GAP_MS: '0' })
})
afterAll(async () => {
  await forecourt.close()
  await site.close()
})

it('a reading whose worker is stopped again and again on one page goes on with that page, and is whole in the end', async () => {
  const { id } = await saveCompetitor(forecourt, { name: 'Riverside Motors', inventoryUrl: site.inventoryUrl })
  const job = await queueJob(forecourt, 'scrape-competitor', { competitor: id })
  for (let stops = 1; stops <= 3; stops++) {
    site.forget()
    const engine = await working(forecourt)
    await until(
      () => site.requests.some(({ path, endedAt }) => path !== '/robots.txt' && endedAt === null),
      'a page is asked for',
    )
    await engine.stop(0)
  }
  const engine = await working(forecourt)
  await runEnded(engine, job).finally(() => engine.stop(0))
  const [last] = (await runsOf(forecourt, job)).slice(-1)
  expect([last?.error, last?.result]).toEqual([null, expect.objectContaining({ state: 'applied', found: 30, new: 30 })])
})
