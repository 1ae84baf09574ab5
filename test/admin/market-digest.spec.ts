import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { findChromium, openBrowser } from '../support/browser.ts'
import { analysedCar } from './market-rows.ts'
import { fits, LOOKS, type MarketPanel, openMarketPanel } from './market-screens.ts'
import { eventually, signedIn } from './screens.ts'

const chromium = findChromium()

const isInView = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the daily digest, in a browser', () => {
  let panel: MarketPanel

  beforeAll(async () => {
    panel = await openMarketPanel(String(chromium))
  })
  afterAll(() => panel.close())

  /** The settings of whoever is signed in. */
  const loadSettings = (page: Page) =>
    page.evaluate(async () => (await fetch('/api/market/digest')).json())

  /** Opens the settings as the link of a digest does. */
  const openSettings = async (on = panel.browser): Promise<Page> => {
    const page = await signedIn(panel, on, 'manager', '/market#daily-digest')
    await page.getByLabel('Time zone').waitFor()
    await eventually(() => page.getByRole('button', { name: 'Save' }).evaluate(isInView), true)
    return page
  }

  const saveSettings = async (page: Page) => {
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
  }

  it.each(LOOKS)('has settings that are drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openSettings(other)
      await page.setViewportSize({ width, height: 844 })
      await eventually(() => fits(page), true)
      await panel.picture(page, `digest-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('comes at the hour and in the time zone that its reader chooses', async () => {
    const page = await openSettings()
    expect(await page.getByLabel('Hour').inputValue()).toBe('7')
    await page.getByText('None was sent yet.').waitFor()
    await page.getByLabel('Hour').selectOption('6 AM')
    await page.getByLabel('Time zone').selectOption('America/Chicago')
    await saveSettings(page)
    expect(await loadSettings(page)).toMatchObject({
      active: true,
      sendHour: 6,
      timeZone: 'America/Chicago',
      mutedUntilAt: null,
    })
    await page.reload()
    await eventually(() => page.getByLabel('Hour').inputValue(), '6')
    expect(await page.getByLabel('Time zone').inputValue()).toBe('America/Chicago')
    await page.getByLabel('Time zone').selectOption({ index: 0 })
    await saveSettings(page)
    expect((await loadSettings(page)).timeZone).toBeNull()
    await page.close()
  })

  it('is muted until a day, and can be turned off', async () => {
    const page = await openSettings()
    await page.getByLabel('Muted until').fill('2099-03-14')
    await saveSettings(page)
    const { mutedUntilAt } = await loadSettings(page)
    expect(await page.evaluate((at) => new Date(at).toDateString(), mutedUntilAt as string)).toBe(
      'Sat Mar 14 2099',
    )
    await page.reload()
    await eventually(() => page.getByLabel('Muted until').inputValue(), '2099-03-14')
    await page.getByLabel('Muted until').fill('')
    await page.getByLabel('Send me an e-mail').uncheck()
    await saveSettings(page)
    expect(await loadSettings(page)).toMatchObject({ active: false, mutedUntilAt: null })
    await page.close()
  })

  it('leads to the Market tab of a car, whichever tab was opened last', async () => {
    const car = await analysedCar(panel, { price: 29_900 })
    const page = await panel.openOverview('manager')
    await page.goto(`${panel.origin}/admin/market?car=${car.id}`)
    await page.locator('.standing__verdict').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/admin/collections/inventory/${car.id}`)
    await page.close()
  })

  it('has no settings for a viewer, who gets none', async () => {
    const page = await signedIn(panel, panel.browser, 'viewer', '/market#daily-digest')
    await page.getByRole('heading', { name: 'Market', exact: true }).waitFor()
    await page.getByText('Alerts and rules').waitFor()
    expect(await page.locator('#daily-digest').count()).toBe(0)
    await page.close()
  })

  it('leaves nothing in the console', () => {
    expect(panel.browser.complaints).toEqual([])
  })
})
