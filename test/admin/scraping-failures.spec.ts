import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveCompetitor } from '../support/scrape-room.ts'
import { badgeOf, competitorScreens, hostile, SCREENSHOTS, scrapeNow } from './scraping-rows.ts'
import { signedIn } from './screens.ts'
import { SCRIPTS } from './script-strings.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)(
  'the screen of a competitor that makes trouble, in a browser',
  () => {
    let forecourt: PanelForecourt
    let browser: Browser
    let site: DealerSite
    let evil: DealerSite
    let competitor: string

    beforeAll(async () => {
      site = await openDealerSite('schema-org', simulateWorld({ seed: 8, cars: 60, days: 4 }))
      evil = await openDealerSite(
        'dealeron',
        hostile(simulateWorld({ seed: 9, cars: 30, days: 1 })),
      )
      const environment = () =>
        Promise.resolve({
          SCRAPING_ALLOWED_ORIGINS: `${site.origin},${evil.origin}`,
          SCRAPING_ALLOWED_GAP_MS: '0',
        })
      forecourt = await openPanelForecourt({ works: true, environment })
      browser = await openBrowser(String(chromium))
      await mkdir(SCREENSHOTS, { recursive: true })
      competitor = (
        await saveCompetitor(forecourt, {
          name: 'Riverside Motors',
          inventoryUrl: site.inventoryUrl,
        })
      ).id
      const page = await open('manager')
      await scrapeNow(page, /Healthy/)
      await page.close()
    })
    afterAll(async () => {
      await browser.close()
      await forecourt.close()
      await Promise.all([site.close(), evil.close()])
    })

    const { open, picture, counted } = competitorScreens(() => ({ forecourt, browser, competitor }))

    it('leaves to a manager what is done with a run that is not believed', async () => {
      site.mode('shrunk')
      const page = await open('manager')
      await scrapeNow(page, /In quarantine/)
      const box = page.getByRole('region', { name: 'This run is in quarantine' })
      await box
        .getByText(/This run found 24 cars, fewer than half of the \d+ cars in the last run/)
        .waitFor()
      await picture(page, 'quarantine')
      const known = await counted('competitor_inventory', 'not is_sold')
      await box.getByRole('button', { name: 'Discard this result' }).click()
      await badgeOf(page).getByText('Waiting for the next run').waitFor()
      expect(await box.count()).toBe(0)
      await scrapeNow(page, /In quarantine/)
      await page.close()
      const other = await open('viewer')
      await other.getByText('A manager has to decide.').waitFor()
      expect(await other.getByRole('button', { name: /accept|discard/i }).count()).toBe(0)
      expect(await counted('competitor_inventory', 'not is_sold')).toBe(known)
      await other.goto(`${forecourt.origin}/admin/collections/competitors`)
      await other
        .locator('tr', { hasText: 'Riverside Motors' })
        .getByText('In quarantine')
        .waitFor()
      await other.close()
      const manager = await open('manager')
      await manager.getByRole('button', { name: 'Accept this result' }).click()
      await badgeOf(manager).getByText('Healthy').waitFor()
      expect(await counted('competitor_absences', 'missed_runs > 0')).toBeGreaterThan(0)
      await manager.close()
    })

    it('says in words why a site is not read, since when, and what to do', async () => {
      site.mode('forbidden')
      const page = await open('manager')
      await scrapeNow(page, /Failing since \w+ \d+/)
      await page
        .locator('.watch__health .jobs__problem')
        .getByText('The next run will try again.')
        .waitFor()
      await picture(page, 'failing')
      await page.getByRole('button', { name: 'Test scrape' }).click()
      await page.getByRole('region', { name: 'Test scrape' }).locator('.jobs__problem').waitFor()
      await page.close()
    })

    it('tells each competitor’s health in the list', async () => {
      await saveCompetitor(forecourt, { name: 'Northside Motors' })
      await saveCompetitor(forecourt, { name: 'Quiet Motors', active: false })
      const page = await signedIn(forecourt, browser, 'viewer', '/collections/competitors')
      const health = (name: string) =>
        page.locator('tr', { hasText: name }).locator('.status-pill').innerText()
      expect(await health('Riverside Motors')).toMatch(/^Failing since \w+ \d+$/)
      expect([await health('Northside Motors'), await health('Quiet Motors')]).toEqual([
        'Not checked yet',
        'Not watched',
      ])
      await picture(page, 'list')
      await page.close()
    })

    it('shows as text whatever a site says: no script of it runs, and no link leads into one', async () => {
      const { id } = await saveCompetitor(forecourt, {
        name: 'Evil Motors',
        inventoryUrl: evil.inventoryUrl,
      })
      await browser.context.addInitScript(() =>
        Object.defineProperty(window, '__ran', { set: () => document.body.append('IT RAN') }),
      )
      const page = await open('manager', id)
      await page.getByRole('button', { name: 'Test scrape' }).click()
      await page
        .getByRole('region', { name: 'Test scrape' })
        .getByText(String(SCRIPTS[0]))
        .first()
        .waitFor()
      await scrapeNow(page, /Healthy/)
      await forecourt.sql(
        `update competitor_inventory set url = 'javascript:window.__ran=1'
          where ` + 'competitor_id = $1',
        [id],
      )
      await page.reload()
      await page.locator('.watch-stock__name', { hasText: '<' }).first().waitFor()
      expect(
        await page.locator('a[href^="javascript"], .watch-stock script, .watch-stock img').count(),
      ).toBe(0)
      await picture(page, 'hostile')
      expect(await page.getByText('IT RAN').count()).toBe(0)
      await page.close()
    })

    it('leaves nothing in the console', () => expect(browser.complaints).toEqual([]))
  },
)
