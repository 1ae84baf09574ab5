import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { canCreateInPanel, getNotYet } from '../../src/fields/not-yet.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import type { Api } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the lists of the panel, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let admin: Api
  let page: Page

  const open = (list: string) => page.goto(`${forecourt.origin}/admin/collections/${list}`)
  const tables = () =>
    forecourt.payload.config.collections.filter(({ slug }) => !slug.startsWith('payload-'))
  const picture = (name: string) =>
    page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    admin = await forecourt.as('admin')
    await mkdir(SCREENSHOTS, { recursive: true })
    page = await signedIn(forecourt, browser, 'admin')
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  it('say why there is no owner, and offer no row of the garage while there is none', async () => {
    await open('user-profiles')
    await page.getByText('which is not set up. Set OWNERS_ISSUER and OWNERS_AUDIENCE').waitFor()
    await picture('no-owners')
    for (const slug of ['vehicles', 'fuel-logs', 'documents', 'user-preferences']) {
      await open(slug)
      await page.getByText('Each entry belongs to an owner, and there are no owners yet.').waitFor()
      expect([slug, await page.locator(`a[href$="/${slug}/create"]`).count()]).toEqual([slug, 0])
    }
    await open('vehicles/create')
    await page.getByText('which OWNERS_ISSUER and OWNERS_AUDIENCE set up').waitFor()
  })

  it('tell an empty table from a search that finds nothing', async () => {
    await open('engines')
    await page.getByText('No entries yet.').waitFor()
    await page.getByText('Add the first one here.').waitFor()
    await open('engines?search=zzz')
    await page.getByText('No results.').waitFor()
    await open('job-history')
    await page.getByText('A run appears here when a job starts.').waitFor()
  })

  it('offer a new row exactly where the API takes one, and mark what does not work yet', async () => {
    await forecourt.asOwner()
    for (const { slug, ...config } of tables()) {
      const { status } = await admin.post(`/api/${slug}`).send({})
      await open(slug)
      await page.locator('.list-header').waitFor()
      const isOffered = (await page.locator(`a[href$="/${slug}/create"]`).count()) > 0
      expect([slug, isOffered]).toEqual([slug, status !== 403 && canCreateInPanel(config)])
      const words = getNotYet(config)?.words
      expect([slug, await page.getByRole('note').count()]).toEqual([slug, words ? 1 : 0])
      if (words) await page.getByRole('note').getByText(words).waitFor()
    }
  })

  it('lead to forms without the switches that nothing reads', async () => {
    await open('documents/create')
    await page.getByRole('note').waitFor()
    expect(await page.getByText('Email Notifications', { exact: true }).count()).toBe(0)
    await picture('not-yet-documents')
  })

  it('name who did something in every row as soon as the page is there, without a scroll', async () => {
    const { id } = await saveCar(forecourt.payload)
    const owner = await forecourt.asOwner()
    for (let price = 20_001; price <= 20_030; price++)
      await admin.patch(`/api/inventory/${id}`).send({ price }).expect(200)
    for (let look = 0; look < 25; look++)
      await admin.get(`/api/user-profiles/${owner.profile}`).expect(200)
    await page.setViewportSize({ width: 1280, height: 400 })
    await open('activity-logs?limit=100&where[action][equals]=update')
    const who = page.locator('td.cell-user')
    await who.first().waitFor()
    expect(new Set(await who.allInnerTexts())).toEqual(new Set(['A admin']))
    expect(await who.count()).toBeGreaterThan(29)
    await open('admin-audit-logs?limit=50')
    const actors = page.locator('td.cell-actorAdminId')
    await actors.first().waitFor()
    expect((await actors.allInnerTexts()).filter((name) => name !== 'A admin')).toEqual([])
    await page.locator('td a').first().click()
    await page.locator('.actor-field strong', { hasText: 'A admin' }).waitFor()
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('hold as many cars as the dashboard counts, and the newest ones are on the lot', async () => {
    const statuses = ['available', 'available', 'pending', 'hold', 'sold', 'sold'] as const
    for (const [index, status] of statuses.entries()) {
      const car = await saveCar(forecourt.payload, { make: `Make${index}`, status })
      await forecourt.sql('update inventory set listed_at = $2 where id = $1', [
        car.id,
        new Date(Date.UTC(2026, 1, index)),
      ])
    }
    await page.goto(`${forecourt.origin}/admin`)
    const newest = page.locator('.lot-today__cars')
    await newest.waitFor()
    expect(await newest.getByText('Sold').count()).toBe(0)
    await newest.getByText(/Make3/).waitFor()
    const links = await page
      .locator('.lot-today a[href*="where"]')
      .evaluateAll((all) =>
        all.map((a) => [
          a.getAttribute('href') ?? '',
          (a.querySelector('.lot-tile__value') ?? a).textContent,
        ]),
      )
    let compared = 0
    for (const [href = '', text = ''] of links) {
      const count = Number(/^\$/.test(text) ? NaN : /\d+/.exec(text)?.[0])
      if (Number.isNaN(count)) continue
      compared++
      await page.goto(`${forecourt.origin}${href}`)
      await page.locator('.list-header').waitFor()
      expect([text, await page.locator('tbody tr').count()]).toEqual([text, count])
    }
    expect(compared).toBeGreaterThan(3)
  })

  it('leave nothing in the console', () => {
    expect(browser.complaints).toEqual([])
  })
})
