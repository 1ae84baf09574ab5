import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { SanitizedCollectionConfig } from 'payload'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveEverywhere } from './rows.ts'
import { signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const GROUPS = [
  'Garage',
  'Stations',
  'Catalog',
  'Lot',
  'Market',
  'Competitors',
  'People',
  'Not available yet',
  'System',
]

/** A word of a collection; ours are texts. */
const result = (word: unknown): string => (typeof word === 'string' ? word : '')

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screens of every table, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let rows: Awaited<ReturnType<typeof saveEverywhere>>
  let page: Page

  const open = (screen: string, on = page) =>
    on.goto(`${forecourt.origin}/admin/collections/${screen}`)
  const picture = (name: string, of = page) =>
    of.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    rows = await saveEverywhere(
      forecourt,
      await forecourt.asOwner(),
      await saveUser(forecourt.payload, 'admin'),
    )
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
    page = await signedIn(forecourt, browser, 'admin')
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  const firstRow = async ({ slug }: SanitizedCollectionConfig): Promise<string> => {
    const { docs } = await forecourt.payload.find({
      collection: slug,
      limit: 1,
      overrideAccess: true,
    })
    return encodeURIComponent(String(docs[0]?.id))
  }

  const visit = async (collection: SanitizedCollectionConfig) => {
    const { slug, admin } = collection
    await open(slug)
    await page.getByText(result(admin.description)).waitFor()
    expect([slug, await page.locator('.table tbody tr').count()]).not.toEqual([slug, 0])
    await page.getByText('Loading...').first().waitFor({ state: 'hidden' })
    await picture(`${slug}-list`)
    const makes = await page.locator(`a[href$="/${slug}/create"]`).count()
    await open(`${slug}/${await firstRow(collection)}`)
    await page.locator('.doc-header__title').waitFor()
    await page.waitForLoadState('networkidle')
    await picture(`${slug}-edit`)
    if (makes === 0) return
    await open(`${slug}/create`)
    await page.locator('#action-save').waitFor()
    await picture(`${slug}-create`)
  }

  it.each(GROUPS)(
    'shows every table of the group %s: its rows, one of them, and the form of a new one',
    async (group) => {
      const collections = forecourt.payload.config.collections.filter(
        ({ admin }) => admin.group === group,
      )
      expect(collections.length).toBeGreaterThan(0)
      for (const collection of collections) await visit(collection)
      expect(browser.complaints.splice(0)).toEqual([])
    },
  )

  it('has a group for every table', () => {
    const shown = forecourt.payload.config.collections.filter(({ admin }) => !admin.hidden)
    expect(
      shown.filter(({ admin }) => !GROUPS.includes(result(admin.group))).map(({ slug }) => slug),
    ).toEqual([])
  })

  it('lists the groups of the sidebar in the order of the work', async () => {
    await open('inventory')
    const groups = page.locator('.nav-group__label')
    await groups.first().waitFor()
    const places = await groups.evaluateAll((all) =>
      all.map((one) => ({ word: one.textContent, y: one.getBoundingClientRect().y })),
    )
    await page.click('.nav-toggler')
    await page.waitForTimeout(500) // it slides in
    await picture('sidebar')
    expect(places.toSorted((one, other) => one.y - other.y).map(({ word }) => word)).toEqual(GROUPS)
  })

  it.each([
    ['dark', 1280],
    ['light', 390],
  ] as const)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    const start = await signedIn(forecourt, other, 'admin')
    await start.setViewportSize({ width, height: 844 })
    const { docs } = await forecourt.payload.find({
      collection: 'market-research-results',
      limit: 1,
      overrideAccess: true,
    })
    const screens = [
      'vehicles/create',
      `activity-logs/${rows.log.id}`,
      `market-research-results/${docs[0]?.id}`,
      'vehicles',
    ]
    for (const screen of [...screens, `competitors/${rows.competitor.id}`]) {
      await open(screen, start)
      await start.locator('.doc-header__title, .list-header__title').first().waitFor()
      await start.waitForLoadState('networkidle')
      expect(await start.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      )
      await picture(`${screen.split('/')[0]}-${scheme}-${width}`, start)
    }
    expect(other.complaints).toEqual([])
    await other.close()
  })
})
