import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { anyVin, saveCar } from '../support/builders.ts'
import { findChromium } from '../support/browser.ts'
import { sectionOf } from './jobs-rows.ts'
import { type MarketPanel, openMarketPanel } from './market-screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the market of a car without auto.dev, in a browser', () => {
  let panel: MarketPanel

  beforeAll(async () => {
    panel = await openMarketPanel(String(chromium), { autoDev: false })
  })
  afterAll(() => panel.close())

  it(
    'says that it takes more competitors or auto.dev as long as there is little, then compares ' +
      'with their stock',
    async () => {
      const page = await panel.openCar(
        await saveCar(panel.payload, { price: 24_500, mileage: 30_000 }),
        'manager',
      )
      await page.getByRole('button', { name: 'Analyze now' }).click()
      await page.getByText('Only competitors’ stock was searched.').waitFor()
      await panel.picture(page, 'no-source')
      await saveStock(panel, 9)
      await page.getByRole('button', { name: 'Analyze now' }).click()
      const standing = sectionOf(page, 'Market position')
      await standing.getByText('From competitors’ stock').waitFor()
      await standing.getByText('Competitive', { exact: true }).waitFor()
      expect(await page.locator('.distribution__dots circle').count()).toBe(9)
      await page.locator('.comparable-cars').getByText('Northside Motors').first().waitFor()
      expect(panel.peer.requests).toEqual([])
      expect(panel.browser.complaints).toEqual([])
      await page.close()
    },
  )
})

/** So many Accords of a competitor, two hundred dollars apart around 24,500. */
async function saveStock({ payload }: MarketPanel, count: number): Promise<void> {
  const at = { inventoryUrl: 'https://northside.example/cars', platformType: 'DealerOn' }
  const data = { name: 'Northside Motors', ...at }
  const { id: competitor } = await payload.create({
    collection: 'competitors',
    data,
    overrideAccess: true,
  })
  for (let index = 0; index < count; index++) {
    const car = {
      year: 2021,
      make: 'Honda',
      model: 'Accord',
      price: 23_700 + index * 200,
      mileage: 28_000 + index * 500,
    }
    const listing = { competitor, vin: anyVin(), ...car, lastSeenAt: new Date().toISOString() }
    await payload.create({
      collection: 'competitor-inventory',
      data: listing,
      overrideAccess: true,
    })
  }
}
