import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import {
  badgeOf,
  competitorScreens,
  openPart,
  saveQuarter,
  SCREENSHOTS,
  scrapeNow,
} from './scraping-rows.ts'
import { eventually, openTab, save, signedIn } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of a competitor, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let site: DealerSite
  let competitor: string

  beforeAll(async () => {
    site = await openDealerSite('schema-org', simulateWorld({ seed: 8, cars: 60, days: 4 }), {
      perPage: 6,
      millis: 150,
    })
    const environment = () =>
      Promise.resolve({ SCRAPING_ALLOWED_ORIGINS: site.origin, SCRAPING_ALLOWED_GAP_MS: '50' })
    forecourt = await openPanelForecourt({ works: true, environment })
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
    await site.close()
  })

  const { open, picture, counted } = competitorScreens(() => ({ forecourt, browser, competitor }))

  it(
    'asks for the set-up of a new competitor and nothing else, then says that nobody has looked ' +
      'at it yet',
    async () => {
      const screen = '/collections/competitors/create'
      const page = await signedIn(forecourt, browser, 'manager', screen)
      await page.fill('#field-name', 'Riverside Motors')
      await page.fill('#field-inventoryUrl', site.inventoryUrl)
      expect(await page.getByRole('button', { name: 'What they sell' }).isVisible()).toBe(false)
      await page.click('#action-save')
      await page.waitForURL(/competitors\/[0-9a-f-]{36}/)
      competitor = page.url().split('/').at(-1)?.split('?')[0] ?? ''
      await page.goto(`${forecourt.origin}/admin/collections/competitors/${competitor}`)
      await badgeOf(page).getByText('Not checked yet').waitFor()
      await page.getByText('“Test scrape” shows what a run would find').waitFor()
      await picture(page, 'new')
      await page.close()
    },
  )

  it('shows in a test scrape what each field came from, and keeps nothing', async () => {
    const page = await open('manager')
    await page.getByRole('button', { name: 'Test scrape' }).click()
    const testScrape = page.getByRole('region', { name: 'Test scrape' })
    await testScrape.getByText('18 cars', { exact: true }).waitFor()
    expect(await testScrape.getByText('read with the schema.org platform').count()).toBe(1)
    const first = site.expectedListings()[0]
    const cells = await testScrape.locator('tbody tr').first().locator('td').allInnerTexts()
    expect(cells.slice(0, 4)).toEqual([
      first?.title,
      String(first?.year),
      first?.make,
      first?.model,
    ])
    const sources = await testScrape.locator('thead code').allInnerTexts()
    expect(sources.filter((source) => source !== 'no source').length).toBeGreaterThan(8)
    await testScrape.getByText('Only the first pages were read').waitFor()
    await picture(page, 'test-scrape')
    expect([
      await counted('competitor_inventory'),
      await counted('scrape_runs'),
      await counted('competitor_metrics'),
    ]).toEqual([0, 0, 0])
    await testScrape.getByRole('button', { name: 'Close' }).click()
    await testScrape.waitFor({ state: 'detached' })
    await page.close()
  })

  it('shows a run live until it is done, then what it found', async () => {
    const page = await open('manager')
    await page.getByRole('button', { name: 'Scrape now' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('progressbar', { name: 'Progress of Scrape competitor' }).waitFor()
    await page
      .locator('.queued-run')
      .getByText(/^[1-9]\d*( of \d+)?$/)
      .waitFor()
    await picture(page, 'progress')
    await badgeOf(page).getByText('Healthy').waitFor()
    await page.getByText(`The last run found 60 cars on 10 pages: 60 new.`).waitFor()
    await page.getByText('60 cars for sale').waitFor()
    const names = await page.locator('.watch-stock__name').allInnerTexts()
    const titles = new Set(site.expectedListings().map(({ title }) => title))
    expect([names.length, names.filter((name) => !titles.has(name))]).toEqual([10, []])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 2 of 6').waitFor()
    await page.close()
  })

  it('saves the set-up after a run changed the row, and not over a change by somebody else', async () => {
    const page = await open('manager')
    const saveWebsite = async (address: string) => {
      await openTab(page, 'Setup')
      await page.fill('#field-websiteUrl', address)
      const status = await save(page)
      await openTab(page, 'What they sell')
      await badgeOf(page).getByText('Healthy').waitFor()
      return status
    }
    site.day(2)
    await scrapeNow(page, /Healthy/)
    expect(await saveWebsite('https://riverside.example/')).toBe(200)
    const data = { websiteUrl: 'https://theirs.example/' }
    await forecourt.payload.update({
      collection: 'competitors',
      id: competitor,
      data,
      overrideAccess: true,
    })
    site.day(3)
    await scrapeNow(page, /Healthy/)
    expect(await saveWebsite('https://mine.example/')).toBe(409)
    expect(await counted('competitors', "website_url = 'https://theirs.example/'")).toBe(1)
    // the browser logs the refusal itself
    expect(browser.complaints.splice(0)).toEqual([expect.stringContaining('409 (Conflict)')])
    await page.close()
  })

  it('draws the prices of each car, and lists what was sold', async () => {
    const page = await open('manager')
    site.day(4)
    await scrapeNow(page, /Healthy/)
    const changed = Number(
      await counted(
        '(select competitor_inventory_id from competitor_price_history group by 1 having ' +
          'count(*) > 1) as changed',
      ),
    )
    expect(changed).toBeGreaterThan(0)
    await openPart(page, 'Sold')
    const sold = await counted('competitor_inventory', 'is_sold')
    expect(sold).toBeGreaterThan(0)
    await eventually(() => page.locator('.watch-stock tbody tr').count(), Math.min(sold, 10))
    await picture(page, 'sold')
    await saveQuarter(forecourt, competitor)
    await page.reload()
    const line = page
      .getByRole('img', { name: /^From \$[\d,]+ on .* to \$[\d,]+ on .*, \d changes?$/ })
      .first()
    await line.waitFor()
    expect(await line.locator('path').getAttribute('d')).toMatch(/^M3 [\d.]+(H[\d.]+V[\d.]+)+H107$/)
    await page.close()
  })

  it('draws the figures over time, and says them in a table to who hears the screen', async () => {
    const page = await open('viewer')
    await openPart(page, 'Trends')
    await eventually(() => page.locator('.figures__chart canvas').count(), 4)
    await eventually(
      () => page.getByRole('table', { name: 'Metrics as a table' }).locator('tbody tr').count(),
      93,
    )
    await page.getByRole('button', { name: '30 days', exact: true }).click()
    await eventually(
      () => page.getByRole('table', { name: 'Metrics as a table' }).locator('tbody tr').count(),
      33,
    )
    await openPart(page, 'Runs')
    await eventually(() => page.locator('.watch-table tbody tr').count(), 4)
    await picture(page, 'runs')
    expect(await page.getByRole('button', { name: /scrape/i }).count()).toBe(0)
    await page.close()
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await open('manager', competitor, other)
      await page.setViewportSize({ width, height: 844 })
      for (const part of ['For sale', 'Trends', 'Runs']) {
        await openPart(page, part)
        await page.locator('.watch-table tbody tr, .figures__chart canvas').first().waitFor()
        expect([
          part,
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        ]).toEqual([part, true])
        await picture(page, `${part.toLowerCase().replace(' ', '-')}-${scheme}-${width}`)
      }
      await page.getByRole('button', { name: 'Test scrape' }).click()
      await page.getByRole('region', { name: 'Cars found' }).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      )
      await picture(page, `test-scrape-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leaves nothing in the console', () => expect(browser.complaints).toEqual([]))
})
