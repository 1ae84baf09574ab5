import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { enterDealership, photo, saveListedCar } from '../support/feeds.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, openTab, save, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the Feed doctor in the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let salvage: Inventory

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
    await enterDealership(forecourt)
    await forecourt.sql(
      `update dealership set postal_code = null; update export_feeds set enabled = false
        where feed = 'dealer-center'; update export_feeds set dealer_id = null where feed = 'cargurus'`,
    )
    await saveListedCar(forecourt)
    await saveListedCar(forecourt, { model: 'Civic', images: [] })
    salvage = await saveListedCar(forecourt, { model: 'Pilot', titleStatus: 'Salvage' })
  })
  afterAll(async () => {
    expect(browser.complaints.filter((text) => !text.includes(photo(1)))).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  async function photograph(page: Page, name: string): Promise<void> {
    for (const [colorScheme, width] of LOOKS) {
      await page.evaluate(
        (theme) => document.documentElement.setAttribute('data-theme', theme),
        colorScheme,
      )
      await page.setViewportSize({ width: width === 390 ? 390 : 1440, height: 900 })
      await untilStill(page)
      expect([name, colorScheme, width, await fits(page)]).toEqual([name, colorScheme, width, true])
      const path = `${SCREENSHOTS}/feeds-${name}-${colorScheme}-${width}.png`
      await page.screenshot({ path, fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  it('says of each feed what it leaves out, why, and what to do', async () => {
    const page = await signedIn(forecourt, browser, 'manager', '/feeds')
    const google = page.getByRole('region', { name: 'Google vehicle listings' })
    await google.getByText('2 left out').waitFor()
    await google.getByText('Its title status is Salvage; this feed takes clean').waitFor()
    await google.getByText('The dealership has no ZIP code').waitFor()
    await google.getByRole('button', { name: 'No photo 1' }).click()
    await eventually(() => google.getByText('Salvage').count(), 0)
    await google.getByText('Upload photos of the car.').waitFor()
    await photograph(page, 'doctor')
    const download = page.waitForEvent('download')
    await google.getByRole('link', { name: 'Download the file' }).click()
    expect((await download).suggestedFilename()).toBe('google.csv')
  })

  it('shows a car in all feeds, and lists it with another title and price', async () => {
    const page = await signedIn(
      forecourt,
      browser,
      'manager',
      `/collections/inventory/${salvage.id}`,
    )
    await openTab(page, 'Feeds')
    const jekyll = page.getByRole('region', { name: 'Jekyll site' })
    await jekyll.getByLabel('Title').fill('Rebuilt Pilot')
    await jekyll.getByLabel('Price').fill('19,999')
    await jekyll.getByRole('button', { name: 'Save' }).click()
    await jekyll.getByText('Rebuilt Pilot, $19,999').waitFor()
    const facebook = page.getByRole('region', { name: 'Facebook Marketplace' })
    await facebook.getByText('this feed takes clean titles only').waitFor()
    await facebook.getByLabel('List in this feed').uncheck()
    await facebook.getByRole('button', { name: 'Save' }).click()
    await facebook.getByText('It is switched off for this feed.').waitFor()
    await photograph(page, 'car')
  })

  it('has a light in the list of cars', async () => {
    const page = await signedIn(forecourt, browser, 'viewer', '/collections/inventory')
    const pilot = page.locator('tr', { hasText: 'Pilot' })
    await pilot.getByTitle(/Left out of .*Google vehicle listings/).waitFor()
    await page.locator('tr', { hasText: 'Accord' }).getByText('6 of 6').waitFor()
    await photograph(page, 'list')
  })

  it('has a form for the rules of a feed', async () => {
    const { rows } = await forecourt.sql(`select id from export_feeds where feed = 'google'`)
    const id: unknown = rows[0]?.id
    const page = await signedIn(forecourt, browser, 'manager', `/collections/export-feeds/${id}`)
    await page.getByRole('button', { name: 'Add a rule' }).click()
    const rule = page.getByRole('group', { name: 'Rule 1' })
    await rule.getByLabel('What').selectOption('Leave a car out if')
    await rule.getByLabel('Field').selectOption('Model')
    await rule.getByLabel('Value').fill('Pilot')
    await photograph(page, 'rules')
    expect(await save(page)).toBe(200)
    const saved = await forecourt.sql('select mapping from export_feeds where id = $1', [id])
    expect(saved.rows[0]?.mapping).toEqual([{ kind: 'leaveOutIf', field: 'model', value: 'Pilot' }])
  })
})
