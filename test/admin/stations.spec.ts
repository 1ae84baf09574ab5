import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import type { Role } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of a station, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let station: string

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
    station = await saveStation('Corner Fuel')
    for (const has93Octane of [true, true, false]) await report(has93Octane)
    const removed = await report(true)
    const admin = await forecourt.as('admin')
    await admin
      .post(`/api/community-stations/${removed}/remove`)
      .send({ reason: 'Reported from the wrong station' })
      .expect(200)
    await forecourt.sql(
      `update community_stations set reported_at = now() - interval '200 days'
       where not has_93_octane`,
    )
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  async function saveStation(name: string): Promise<string> {
    const { body } = await (
      await forecourt.as('admin')
    )
      .post('/api/stations')
      .send({ name, address: '1 Main Street', latitude: 39.1, longitude: -94.4 })
      .expect(201)
    return body.doc.id as string
  }

  async function report(has93Octane: boolean): Promise<string> {
    const { body } = await (
      await forecourt.asOwner()
    ).api
      .post(`/api/stations/${station}/reports`)
      .send({ has93Octane })
      .expect(201)
    return body.doc.id as string
  }

  async function openStation(role: Role, id = station, on = browser) {
    const page = await signedIn(forecourt, on, role, `/collections/stations/${id}`)
    await page.locator('.station-reports .status-pill').waitFor()
    return page
  }

  it.each(LOOKS)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openStation('admin', station, other)
      await page.setViewportSize({ width, height: 844 })
      await page.locator('summary', { hasText: '1 removed report' }).click()
      await page.getByText('Reported from the wrong station').waitFor()
      await eventually(() => fits(page), true)
      const path = `${SCREENSHOTS}/station-${scheme}-${width}.png`
      await page.screenshot({ path, fullPage: true })
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('shows the verdict with its reason, and each report with what it counts', async () => {
    const page = await openStation('admin')
    const text = await page.locator('.station-reports').innerText()
    expect(text).toContain('Sells 93 octane')
    expect(text).toContain('2 yes and 1 no from 3 owners')
    expect(text).toMatch(/Yes[\s\S]*counts 100%/)
    expect(text).toMatch(/No[\s\S]*counts 46%/)
  })

  it('does not show managers who reported, nor removed reports', async () => {
    const page = await openStation('manager')
    const text = await page.locator('.station-reports').innerText()
    expect(text).toContain('2 yes and 1 no from 3 owners')
    expect(text).not.toContain('auth0|')
    expect(text).not.toContain('removed')
  })

  it('says that nobody has reported yet', async () => {
    const page = await openStation('viewer', await saveStation('New Fuel'))
    await page.getByText('no owner has reported yet').waitFor()
    expect(await page.locator('.station-reports .status-pill').innerText()).toBe('Unknown')
  })
})
