import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { findChromium } from '../support/browser.ts'
import { analysedCar } from './market-rows.ts'
import { type MarketPanel, openMarketPanel } from './market-screens.ts'
import { eventually, openTab, save } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('a price that the market suggests, in a browser', () => {
  let panel: MarketPanel

  beforeAll(async () => {
    panel = await openMarketPanel(String(chromium))
  })
  afterAll(() => panel.close())

  const loadPublicPrice = async ({ id }: Inventory): Promise<number> =>
    (await panel.anonymous.get(`/api/inventory/${id}`).expect(200)).body.price

  const loadChanges = async ({ id }: Inventory) =>
    (
      await panel.sql(
        `select from_price::float8 as from, to_price::float8 as to, reason from price_changes
         where inventory_id = $1 order by changed_at`,
        [id],
      )
    ).rows

  const loadSuggestion = async ({ id }: Inventory): Promise<number> => {
    const { body } = await (await panel.as('manager')).get('/api/market/decisions').expect(200)
    return body.decisions.find((decision: { car: Inventory }) => decision.car.id === id)
      .suggestedPrice
  }

  /** The row of the list whose car has this price. The text of a refusal names prices too. */
  const findRow = (page: Page, price: string): Locator =>
    page.locator('.decision-table tbody tr').filter({
      has: page.locator('td[data-label=Price]', { hasText: price }),
    })

  it('is applied in the list of decisions, is public at once, and can be undone', async () => {
    const car = await analysedCar(panel, { price: 29_900 })
    const suggested = await loadSuggestion(car)
    const page = await panel.openOverview('manager')
    const row = findRow(page, '$29,900')
    await row.getByRole('button', { name: /^Apply/ }).press('Enter')
    const undo = page.getByRole('button', { name: /^Undo/ })
    await undo.waitFor()
    expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true)
    await panel.picture(page, 'applied')
    const words = `Changed from $29,900 to $${suggested.toLocaleString('en-US')}.`
    expect(await page.getByRole('status').first().innerText()).toContain(words)
    expect(await loadPublicPrice(car)).toBe(suggested)
    await undo.press('Enter')
    await undo.waitFor({ state: 'detached' })
    expect(await loadPublicPrice(car)).toBe(29_900)
    expect(await loadChanges(car)).toEqual([
      { from: 29_900, to: suggested, reason: 'suggestion' },
      { from: suggested, to: 29_900, reason: 'edit' },
    ])
    await page.close()
  })

  it('may be edited before, and is refused if somebody else has changed the price', async () => {
    const car = await analysedCar(panel, { price: 31_900 })
    const page = await panel.openOverview('manager')
    const row = findRow(page, '$31,900')
    const field = row.getByRole('textbox')
    await field.fill('a lot')
    await row.getByText('Enter an amount').waitFor()
    expect(await row.getByRole('button', { name: /^Apply/ }).isDisabled()).toBe(true)
    await field.fill('25,150')
    await panel.sql('update inventory set price = 30900 where id = $1', [car.id])
    await field.press('Enter')
    const changed = findRow(page, '$30,900')
    await changed.getByRole('alert').waitFor()
    panel.browser.complaints.splice(0) // the 409 that was to be expected
    expect(await loadPublicPrice(car)).toBe(30_900)
    await changed.getByRole('textbox').press('Enter')
    await eventually(() => loadPublicPrice(car), 25_150)
    await page.close()
  })

  it('is applied on the tab of the car, whose form takes the price over', async () => {
    const car = await analysedCar(panel, { price: 28_900 })
    const page = await panel.openCar(car, 'manager')
    await page.getByLabel('Another price').fill('25000')
    await page.getByRole('button', { name: 'Apply $25,000' }).click()
    await page.getByText('Changed from $28,900 to $25,000.').first().waitFor()
    await eventually(() => page.locator('.standing__verdict strong').innerText(), '$25,000')
    const changes = page.getByRole('region', { name: 'Price changes' })
    await changes.getByText('$28,900').waitFor()
    expect(await loadPublicPrice(car)).toBe(25_000)
    await openTab(page, 'Price')
    expect(await page.inputValue('#field-price')).toBe('25000')
    await page.fill('#field-msrp', '33000')
    expect(await save(page)).toBe(200)
    expect(await loadPublicPrice(car)).toBe(25_000)
    await page.close()
  })

  it('leaves nothing in the console', () => {
    expect(panel.browser.complaints).toEqual([])
  })
})
