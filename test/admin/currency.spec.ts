import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { openScreen, openTab, signedIn } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(300_000)

;(chromium ? describe : describe.skip)('the panel with CURRENCY=EUR', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page
  let car: string

  beforeAll(async () => {
    forecourt = await openPanelForecourt({
      environment: () => Promise.resolve({ CURRENCY: 'EUR' }),
    })
    car = (await saveCar(forecourt.payload, { price: 24_500.5 })).id
    browser = await openBrowser(String(chromium))
    page = await signedIn(forecourt, browser, 'admin')
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  it('shows prices in euros in the list of cars and on the dashboard', async () => {
    await page.goto(`${forecourt.origin}/admin/collections/inventory`)
    expect(await page.locator('td.cell-price').first().innerText()).toBe('€24,500.50')
    await page.goto(`${forecourt.origin}/admin`)
    for (const tiles of await page.locator('.lot-today__tiles').all())
      expect(await tiles.innerText()).toContain('€24,501')
    expect(await page.locator('.lot-car__figures').first().innerText()).toContain('€24,500.50')
  })

  it('shows the sign in the input of a price, in front of the amount', async () => {
    await openScreen(browser, page, `${forecourt.origin}/admin/collections/inventory/${car}`)
    await openTab(page, 'Price')
    const field = page.locator('.money-field', { has: page.locator('#field-price') })
    expect(await field.locator('.money-field__sign').innerText()).toBe('€')
    const [sign, input] = await Promise.all([
      field.locator('.money-field__sign').boundingBox(),
      field.locator('input').boundingBox(),
    ])
    expect([sign?.x, sign?.y]).toEqual([input?.x, input?.y])
  })
})
