import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { openScreen, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

/**
 * In the page: notes where its content begins, in pixels from the left, before and after every
 * change of its frame, also one that takes back another before it is drawn.
 */
function notePlaces(): void {
  const places = new Set<number>()
  Object.assign(globalThis, { places })
  const note = (frame: Element) => {
    const content = frame.querySelector('.template-default__wrap')
    if (content) places.add(Math.round(content.getBoundingClientRect().left))
  }
  const { setAttribute } = Element.prototype
  Element.prototype.setAttribute = function (name, value) {
    const isFrame = name === 'class' && this.matches('.template-default')
    if (isFrame) note(this)
    setAttribute.call(this, name, value)
    if (isFrame) note(this)
  }
}

;(chromium ? describe : describe.skip)('the sidebar', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await browser.context.addInitScript(notePlaces)
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  it.each([
    ['a phone', 390, 0],
    ['a laptop', 1280, 0],
    ['a large screen', 1600, 275],
  ])('leaves the content where it is while a page loads, on %s', async (_, width, place) => {
    const page = await signedIn(forecourt, browser, 'admin')
    await page.setViewportSize({ width, height: 800 })
    await openScreen(browser, page, `${forecourt.origin}/admin/collections/users`)
    await untilStill(page)
    const places = await page.evaluate(() => [
      ...(globalThis as unknown as { places: Set<number> }).places,
    ])
    expect(places).toEqual([place])
  })

  it('opens beside the content where a person opens it', async () => {
    const page = await signedIn(forecourt, browser, 'admin', '/collections/users')
    const content = page.locator('.template-default__wrap')
    await page.locator('.template-default__nav-toggler').click()
    await untilStill(page)
    expect(await content.boundingBox()).toMatchObject({ x: 275 })
    await page.locator('.nav').getByRole('link', { name: 'Inventory' }).click()
    await page.waitForURL('**/admin/collections/inventory**')
  })
})
