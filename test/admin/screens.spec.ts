import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { SanitizedCollectionConfig } from 'payload'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type Api, saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { isTried } from '../support/sampling.ts'
import { saveEverywhere } from './rows.ts'
import { signedIn, untilStill } from './screens.ts'

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

/** The tables that somebody may make rows of. */
async function loadMakeable(api: Api): Promise<Set<string>> {
  const { body } = await api.get('/api/access').expect(200)
  const { collections } = body as { collections: Record<string, { create?: unknown }> }
  const makeable = Object.entries(collections).filter(([, { create }]) => Boolean(create))
  return new Set(makeable.map(([slug]) => slug))
}

;(chromium ? describe : describe.skip)('the screens of every table, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let rows: Awaited<ReturnType<typeof saveEverywhere>>
  let page: Page
  /** The tables that an admin makes rows of. */
  let makes: Set<string>

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
    makes = await loadMakeable(await forecourt.as('admin'))
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

  const visitList = async ({ slug, admin }: SanitizedCollectionConfig) => {
    await open(slug)
    await page.getByText(result(admin.description)).waitFor()
    expect([slug, await page.locator('.table tbody tr').count()]).not.toEqual([slug, 0])
    await page.getByText('Loading...').first().waitFor({ state: 'hidden' })
    await picture(`${slug}-list`)
  }

  const visitRow = async (collection: SanitizedCollectionConfig) => {
    await open(`${collection.slug}/${await firstRow(collection)}`)
    await page.locator('.doc-header__title').waitFor()
    await browser.untilIdle(page)
    await picture(`${collection.slug}-edit`)
  }

  /** Where nobody makes rows, there is the list again. */
  const visitForm = async (collection: SanitizedCollectionConfig) => {
    const { slug } = collection
    if (!makes.has(slug)) return visitList(collection)
    await open(`${slug}/create`)
    await page.locator('#action-save').waitFor()
    return picture(`${slug}-create`)
  }

  it.each(GROUPS)(
    'shows every table of the group %s: its rows, one of them, or the form of a new one',
    async (group) => {
      const shown = forecourt.payload.config.collections.filter(({ admin }) => !admin.hidden)
      const ofGroup = [...shown.entries()].filter(([, { admin }]) => admin.group === group)
      expect(ofGroup.length).toBeGreaterThan(0)
      for (const [at, collection] of ofGroup)
        for (const [kind, visit] of [visitList, visitRow, visitForm].entries())
          if (isTried(at + kind, 3)) await visit(collection)
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
    await untilStill(page) // it slides in
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
      await other.untilIdle(start)
      expect(await start.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      )
      await picture(`${screen.split('/')[0]}-${scheme}-${width}`, start)
    }
    expect(other.complaints).toEqual([])
    await other.close()
  })
})
