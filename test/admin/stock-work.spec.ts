import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, openCar, openTab, save, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('stock work in the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  beforeEach(() => forecourt.sql('delete from inventory; delete from price_batches'))
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const loadCar = async ({ id }: { id: string }): Promise<Inventory> =>
    forecourt.payload.findByID({ collection: 'inventory', id, overrideAccess: true })
  const work = (page: Page) => page.getByRole('region', { name: 'Sell, hold or price' })
  const click = (page: Page, name: string) =>
    work(page).getByRole('button', { name, exact: true }).click()
  const untilStated = (page: Page, text: string | RegExp) =>
    work(page).getByRole('status').filter({ hasText: text }).waitFor()

  /** Payload reads the preference when a screen opens; a theme can be shown without a reload. */
  const showTheme = (page: Page, theme: string) =>
    page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)

  /** Pictures of a screen as it is, light and dark, wide and narrow. */
  async function photograph(page: Page, name: string): Promise<void> {
    for (const [colorScheme, width] of LOOKS) {
      await showTheme(page, colorScheme)
      await page.setViewportSize({ width: width === 390 ? 390 : 1440, height: 900 })
      await untilStill(page)
      expect([name, colorScheme, width, await fits(page)]).toEqual([name, colorScheme, width, true])
      const path = `${SCREENSHOTS}/stock-${name}-${colorScheme}-${width}.png`
      await page.screenshot({ path, fullPage: true })
    }
    await showTheme(page, 'light')
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  it('sells a car with its price and its buyer, and the form stays usable', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await click(page, 'Sell…')
    const form = work(page)
    await form.getByLabel('Sold for').fill('a lot')
    expect(await form.getByRole('button', { name: 'Mark as sold' }).isDisabled()).toBe(true)
    await form.getByLabel('Sold for').fill('$23,900')
    await form.getByLabel('Buyer').fill('Ann Lee')
    await photograph(page, 'sell')
    await click(page, 'Mark as sold')
    await untilStated(page, `${car.title} is sold for $23,900.`)
    expect(await loadCar(car)).toMatchObject({
      status: 'sold',
      soldPrice: 23_900,
      buyerNote: 'Ann Lee',
    })
    await page.locator('#field-trim input, #field-trim').first().fill('EX')
    expect(await save(page)).toBe(200)
    expect(await loadCar(car)).toMatchObject({ status: 'sold', trim: 'EX' })
    await page.close()
  })

  it('holds a car until a day, and ends the hold', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await click(page, 'Hold…')
    await work(page).getByLabel('Until').fill('2999-01-31')
    await work(page).getByLabel('For whom').fill('Ann')
    await click(page, 'Put on hold')
    await untilStated(page, /on hold until 2999-01-31/)
    expect(await loadCar(car)).toMatchObject({ status: 'hold', heldUntilDate: '2999-01-31' })
    await click(page, 'End hold')
    await work(page).getByRole('button', { name: 'End hold' }).waitFor({ state: 'detached' })
    expect(await loadCar(car)).toMatchObject({ status: 'available', heldUntilDate: null })
    await page.close()
  })

  it('changes a price with the reason, warns below cost, and shows it in the timeline', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await click(page, 'Change price…')
    await work(page).getByLabel('New price').fill('20,500')
    await work(page).getByLabel('Reason').fill('Hail damage')
    await click(page, 'Change price')
    await untilStated(
      page,
      /costs \$20,500 now\. Please check: The price is \$500 below the cost\./,
    )
    const { rows } = await forecourt.sql('select note, to_price::int as price from price_changes')
    expect(rows).toEqual([{ note: 'Hail damage', price: 20_500 }])
    await openTab(page, 'Price')
    expect(await page.inputValue('#field-margin')).toBe('-500')
    await openTab(page, 'Timeline')
    const events = page.locator('.car-timeline__event')
    await events.filter({ hasText: 'Hail damage' }).waitFor()
    expect(await events.locator('strong').allInnerTexts()).toEqual([
      'Price changed',
      'Listed',
      'Bought',
    ])
    await photograph(page, 'timeline')
    expect((await loadCar(car)).price).toBe(20_500)
    await page.close()
  })

  it('offers nothing to viewers but the timeline', async () => {
    const { page } = await openCar(forecourt, browser, {}, 'viewer')
    await openTab(page, 'Timeline')
    await page.locator('.car-timeline__event').first().waitFor()
    expect(await work(page).count()).toBe(0)
    await page.goto(`${forecourt.origin}/admin/collections/inventory`)
    await browser.untilIdle(page)
    expect(await page.getByRole('button', { name: 'Change prices…' }).count()).toBe(0)
    await page.close()
  })

  it('changes the prices of selected cars after a preview, and undoes it', async () => {
    const cheap = await saveCar(forecourt.payload, { price: 21_500 })
    const dear = await saveCar(forecourt.payload, { price: 30_000, model: 'Civic' })
    const page = await signedIn(forecourt, browser, 'manager', '/collections/inventory')
    await page.getByRole('row', { name: 'Civic' }).getByRole('checkbox').check()
    const panel = page.getByRole('region', { name: 'Change prices' })
    await panel.getByRole('button', { name: 'Change prices…' }).click()
    await panel.getByText('the prices of 1 selected car').waitFor()
    await page.getByRole('row', { name: 'Accord' }).getByRole('checkbox').check()
    await panel.getByText('the prices of 2 selected cars').waitFor()
    await panel.getByLabel('Percent', { exact: true }).fill('-5')
    await panel.getByRole('button', { name: 'Preview' }).click()
    const preview = panel.getByRole('table', { name: 'Preview' })
    await preview
      .getByRole('row', { name: dear.title ?? '' })
      .getByText('$28,495')
      .waitFor()
    const apply = panel.getByRole('button', { name: 'Change 2 prices' })
    expect(await apply.isDisabled()).toBe(true)
    await photograph(page, 'bulk-preview')
    await panel.getByLabel('Allow 1 price below cost').check()
    await apply.click()
    await panel.getByText('The prices of 2 cars are changed.').waitFor()
    expect([(await loadCar(cheap)).price, (await loadCar(dear)).price]).toEqual([20_395, 28_495])
    await page.getByRole('row', { name: 'Civic' }).getByText('$28,495').waitFor()
    await panel.getByRole('button', { name: 'Undo this change' }).click()
    await panel.getByText('The old prices of 2 cars are restored.').waitFor()
    expect([(await loadCar(cheap)).price, (await loadCar(dear)).price]).toEqual([21_500, 30_000])
    await page.close()
  })

  it('changes all cars of a filtered list, and the change is undone on its own screen', async () => {
    const car = await saveCar(forecourt.payload, { price: 30_000 })
    const other = await saveCar(forecourt.payload, { price: 40_000 })
    const filter = '?where[or][0][and][0][price][less_than]=35000'
    const page = await signedIn(forecourt, browser, 'manager', `/collections/inventory${filter}`)
    const panel = page.getByRole('region', { name: 'Change prices' })
    await panel.getByRole('button', { name: 'Change prices…' }).click()
    await panel.getByText('all 1 car of this list').waitFor()
    await panel.getByRole('button', { name: 'By an amount' }).click()
    await panel.getByLabel('Amount', { exact: true }).fill('-1,000')
    await panel.getByLabel(/Round to the nearest/).uncheck()
    await panel.getByRole('button', { name: 'Preview' }).click()
    await panel.getByRole('button', { name: 'Change 1 price' }).click()
    await panel.getByText('The prices of 1 car are changed.').waitFor()
    expect([(await loadCar(car)).price, (await loadCar(other)).price]).toEqual([29_000, 40_000])
    const { rows } = await forecourt.sql('select id from price_batches')
    await page.goto(`${forecourt.origin}/admin/collections/price-batches`)
    await page.getByText('−$1,000').first().waitFor()
    await photograph(page, 'batches')
    await page.goto(`${forecourt.origin}/admin/collections/price-batches/${rows[0]?.['id']}`)
    await browser.untilIdle(page)
    await photograph(page, 'batch')
    await page.getByRole('button', { name: 'Undo this change' }).click()
    await eventually(async () => (await loadCar(car)).price, 30_000)
    await page.close()
  })

  it('filters and sorts the list by days on lot, and shows the age of the stock', async () => {
    const old = await saveCar(forecourt.payload)
    await saveCar(forecourt.payload, { model: 'Civic' })
    await forecourt.sql(
      `update inventory set listed_at = now() - interval '75 days' where id = $1`,
      [old.id],
    )
    const page = await signedIn(forecourt, browser, 'manager')
    await photograph(page, 'dashboard')
    await page.getByRole('link', { name: '61–90 days' }).click()
    await page.getByRole('row', { name: 'Accord' }).waitFor()
    expect(await page.getByRole('row', { name: 'Civic' }).count()).toBe(0)
    await page.goto(
      `${forecourt.origin}/admin/collections/inventory?columns=["title","daysOnLot","margin"]`,
    )
    await browser.untilIdle(page)
    await page.getByRole('button', { name: /Days on lot.*ascending/i }).click()
    await page.waitForURL(/sort=daysOnLot/)
    await eventually(() => page.locator('td.cell-daysOnLot').allInnerTexts(), ['0', '75'])
    await photograph(page, 'list')
    await page.close()
  })
})
