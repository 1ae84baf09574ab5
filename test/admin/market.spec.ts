import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { anyVin } from '../support/builders.ts'
import { findChromium, openBrowser } from '../support/browser.ts'
import { saveUser } from '../support/forecourt.ts'
import { sectionOf } from './jobs-rows.ts'
import { analysedCar, saveRule, sellsToo } from './market-rows.ts'
import { fits, LOOKS, type MarketPanel, openMarketPanel } from './market-screens.ts'
import { eventually, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()

/** Opens a part of the screen that is closed at first. */
const openFold = (page: Page, title: string) => page.locator('summary', { hasText: title }).click()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of the market, in a browser', () => {
  let panel: MarketPanel
  let dear: Inventory
  let cheap: Inventory

  beforeAll(async () => {
    panel = await openMarketPanel(String(chromium))
    await saveRule(panel)
    await saveRule(panel, { name: 'A little dear', thresholdPercent: 4, active: false })
    sellsToo(panel.peer, 'Civic', 6)
    await analysedCar(panel, { price: 25_000 })
    await analysedCar(panel, { price: 31_500 })
    await analysedCar(panel, { model: 'Insight' })
    dear = await analysedCar(panel, { price: 29_900 })
    cheap = await analysedCar(panel, { model: 'Civic', price: 15_000 })
    const longAgo =
      `update market_research_results set last_analyzed_at = now() - interval '9 days'
        where ` + 'inventory_id = $1'
    await panel.sql(longAgo, [cheap.id])
  })
  afterAll(() => panel.close())

  it.each(LOOKS)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await panel.openOverview('admin', other)
      await page.setViewportSize({ width, height: 844 })
      await page.locator('.decision-table').waitFor()
      await page.locator('.market-tiles').waitFor()
      await openFold(page, 'Alerts and rules')
      await page.locator('.open-alert').first().waitFor()
      await page.getByText('A little dear').waitFor()
      await eventually(() => fits(page), true)
      await panel.picture(page, `overview-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leads with what to decide, each car once, and from there to the cars', async () => {
    const page = await panel.openOverview('viewer')
    await page.getByRole('heading', { name: '4 cars to review' }).waitFor()
    const rows = page.locator('.decision-table tbody tr')
    const { body } = await (await panel.as('viewer')).get('/api/market/decisions').expect(200)
    expect(await rows.count()).toBe(body.decisions.length)
    for (const [index, { sentence }] of body.decisions.entries())
      expect(await rows.nth(index as number).innerText()).toContain(sentence)
    const tiles = await page.locator('.market-tiles .lot-tile').allInnerTexts()
    expect(tiles.map((result) => result.replaceAll(/\s+/g, ' '))).toEqual([
      '5 Available',
      '1 In line with the market',
      '1 Not compared for a week',
    ])
    const filter = page.getByRole('group', { name: 'Problem' })
    expect(await filter.getByRole('button').allInnerTexts()).toEqual([
      'All 4',
      'High 2',
      'Low 1',
      'No market price 1',
    ])
    await filter.getByRole('button', { name: 'Low 1' }).press('Enter')
    await eventually(() => rows.count(), 1)
    await rows.getByRole('link', { name: /Civic/ }).click()
    await page.waitForURL(`**/admin/collections/inventory/${cheap.id}`)
    await page.locator('.car-market').waitFor()
    await page.close()
  })

  it('offers a viewer neither to apply a price, to dismiss an alert nor to write a rule', async () => {
    const page = await panel.openOverview('viewer')
    await page.locator('.decision-table').waitFor()
    await openFold(page, 'Alerts and rules')
    const rules = sectionOf(page, 'Alert rules')
    await rules.getByText('Far too dear').waitFor()
    expect((await rules.locator('.market-rules__state').allInnerTexts()).sort()).toEqual([
      'Off',
      'On',
    ])
    await eventually(() => page.locator('.open-alert').count(), 2)
    expect(await page.getByRole('button', { name: /^Dismiss/ }).count()).toBe(0)
    expect(await page.getByLabel(/^Snooze/).count()).toBe(0)
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0)
    expect(await page.locator('summary').allInnerTexts()).toEqual(['Alerts and rules'])
    expect(await page.getByLabel(/Request the data again/).count()).toBe(0)
    expect(await rules.getByRole('link', { name: 'Add a rule' }).count()).toBe(0)
    await page.close()
  })

  it('lets a manager snooze an alert, which is gone until then and stays open', async () => {
    const page = await panel.openOverview('manager')
    await openFold(page, 'Alerts and rules')
    const alerts = sectionOf(page, 'Open alerts')
    await alerts.getByLabel(/^Snooze: .*\$31,500/).selectOption('A week')
    await eventually(() => alerts.locator('.open-alert').count(), 1)
    const snoozed = await panel.sql(
      `select dismissed, round(extract(epoch from snoozed_until_at - now()) / 86400)::int as days
       from market_alerts where snoozed_until_at is not null`,
    )
    expect(snoozed.rows).toEqual([{ dismissed: false, days: 7 }])
    await page.reload()
    await openFold(page, 'Alerts and rules')
    await alerts.locator('.open-alert').first().waitFor()
    expect(await alerts.locator('.open-alert').count()).toBe(1)
    await panel.sql('update market_alerts set snoozed_until_at = null')
    await page.close()
  })

  it('lets a manager dismiss an alert with the keyboard, which then is gone and stays dismissed', async () => {
    const page = await panel.openOverview('manager')
    await openFold(page, 'Alerts and rules')
    const alerts = sectionOf(page, 'Open alerts')
    await alerts.getByRole('button', { name: /Dismiss.*\$29,900/ }).press('Enter')
    await eventually(() => alerts.locator('.open-alert').count(), 1)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('market-alerts')
    const { rows } = await panel.sql(
      'select dismissed from market_alerts where inventory_id = $1',
      [dear.id],
    )
    expect(rows).toEqual([{ dismissed: true }])
    await page.close()
  })

  it('evaluates a VIN that is not on the lot, and says what is wrong with one that is none', async () => {
    const vin = anyVin()
    panel.peer.vins.set(vin, {
      vin,
      make: 'Honda',
      model: 'Accord',
      trim: 'EX',
      vehicle: { vin, year: 2021, make: 'Honda', model: 'Accord' },
    })
    const page = await panel.openOverview('viewer')
    const section = sectionOf(page, 'Evaluate a VIN')
    await section.getByLabel('VIN').fill('1HGCM82633A004353')
    await section.getByRole('button', { name: 'Evaluate' }).click()
    await section.getByRole('alert').waitFor()
    panel.browser.complaints.splice(0) // the 400 that was to be expected
    await section.getByLabel('VIN').fill(vin)
    await section.getByRole('button', { name: 'Evaluate' }).click()
    await section.getByText('2021 Honda Accord EX', { exact: true }).waitFor()
    await section.getByText(/18 cars for sale from/).waitFor()
    await panel.picture(page, 'vin')
    await page.close()
  })

  it('leads a manager to a new rule, and back to where it stands among the others', async () => {
    const page = await panel.openOverview('manager')
    await openFold(page, 'Alerts and rules')
    await page.getByRole('link', { name: 'Add a rule' }).click()
    await page.waitForURL('**/admin/collections/market-alert-rules/create')
    await page.locator('#field-name').waitFor()
    await page.goto(`${panel.origin}/admin/market`)
    await openFold(page, 'Alerts and rules')
    await page.getByRole('link', { name: 'Far too dear' }).click()
    await page.waitForURL(/\/admin\/collections\/market-alert-rules\/[\da-f-]{36}$/)
    await page.close()
  })

  it('says in words that the server is away, and keeps what it showed', async () => {
    const page = await panel.openOverview('viewer')
    await page.locator('.decision-table').waitFor()
    await page.context().setOffline(true)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByRole('alert').getByText('The server is not responding.').waitFor()
    expect(await page.locator('.decision-table').count()).toBeGreaterThan(0)
    await page.context().setOffline(false)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page
      .getByRole('alert')
      .getByText('The server is not responding.')
      .waitFor({ state: 'hidden' })
    panel.browser.complaints.splice(0)
    await page.close()
  })

  it('is for staff: whoever is not signed in is sent to sign in', async () => {
    await saveUser(panel.payload, 'viewer')
    await panel.browser.context.clearCookies()
    const page = await panel.browser.open()
    await page.goto(`${panel.origin}/admin/market`)
    await page.locator('#field-email').waitFor()
    expect(page.url()).toContain(`/admin/login?redirect=${encodeURIComponent('/admin/market')}`)
    await page.close()
  })

  it('is found in the sidebar, beside the jobs', async () => {
    const page = await signedIn(panel, panel.browser, 'viewer')
    await page.click('.nav-toggler')
    await untilStill(page) // it slides in
    await page.locator('#nav-market').scrollIntoViewIfNeeded()
    await panel.picture(page, 'sidebar')
    await page.locator('#nav-market').click()
    await page.getByRole('heading', { name: 'Market', exact: true }).waitFor()
    await page.locator('[aria-current=page]#nav-market').waitFor()
    await page.close()
  })

  it('leaves nothing in the console', () => {
    expect(panel.browser.complaints).toEqual([])
  })
})
