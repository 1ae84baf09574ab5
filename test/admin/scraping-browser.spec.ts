import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveCompetitor } from '../support/scrape-room.ts'
import { badgeOf, competitorScreens, SCREENSHOTS, scrapeNow } from './scraping-rows.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)(
  'the screen of a competitor whose site needs a browser, in a browser',
  () => {
    let forecourt: PanelForecourt
    let browser: Browser
    let site: DealerSite
    let competitor: string
    let folder: string

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'forecourt-chromium-'))
      await chmod(folder, 0o755)
      site = await openDealerSite('custom', simulateWorld({ seed: 8, cars: 40, days: 2 }), {
        perPage: 8,
        pagination: 'load-more',
      })
      const environment = () =>
        Promise.resolve({
          SCRAPING_ALLOWED_ORIGINS: site.origin,
          SCRAPING_ALLOWED_GAP_MS: '50',
          CHROMIUM_PATH: path.join(folder, 'chromium'),
        })
      forecourt = await openPanelForecourt({ works: true, environment })
      browser = await openBrowser(String(chromium))
      await mkdir(SCREENSHOTS, { recursive: true })
      const about = {
        inventoryUrl: site.inventoryUrl,
        platformType: 'Custom' as const,
        scraperConfig: site.config,
        usePlaywright: true,
      }
      competitor = (await saveCompetitor(forecourt, { name: 'Harbour Cars', ...about })).id
    })
    afterAll(async () => {
      await browser.close()
      await forecourt.close()
      await site.close()
      await rm(folder, { recursive: true })
    })

    const { open, picture, counted } = competitorScreens(() => ({ forecourt, browser, competitor }))
    const WORDS =
      /This site needs a browser, but none was found on this machine at .+, the path in CHROMIUM_PATH/

    it('says that this machine has no browser, and what to do, in a test and after a run', async () => {
      const page = await open('manager')
      await page.getByRole('button', { name: 'Test scrape' }).click()
      const testScrape = page.getByRole('region', { name: 'Test scrape' })
      await testScrape.locator('.jobs__problem').filter({ hasText: WORDS }).waitFor()
      await testScrape.getByText('Install Debian’s chromium, or set CHROMIUM_PATH.').waitFor()
      await testScrape.getByRole('button', { name: 'Close' }).click()
      await scrapeNow(page, /Failing since \w+ \d+/)
      await page.locator('.watch__health .jobs__problem').filter({ hasText: WORDS }).waitFor()
      await picture(page, 'no-browser')
      expect([site.requests.length, await counted('competitor_inventory')]).toEqual([0, 0])
      await page.close()
    })

    it('reads the site with the browser once there is one, pressing its button for more cars', async () => {
      await symlink(String(chromium), path.join(folder, 'chromium'))
      const page = await open('manager')
      await page.getByRole('button', { name: 'Test scrape' }).click()
      const testScrape = page.getByRole('region', { name: 'Test scrape' })
      await testScrape.getByText('40 cars', { exact: true }).waitFor({ timeout: 120_000 })
      await testScrape.getByRole('button', { name: 'Close' }).click()
      await scrapeNow(page, /Healthy/)
      await badgeOf(page).getByText('Healthy').waitFor()
      await page.getByText('40 cars for sale').waitFor()
      await picture(page, 'with-browser')
      expect(await counted('competitor_inventory')).toBe(40)
      expect(
        site.requests.some(({ headers }) => headers['upgrade-insecure-requests'] === '1'),
      ).toBe(true)
      await page.close()
    })

    it('leaves nothing in the console', () => expect(browser.complaints).toEqual([]))
  },
)
