import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('make, model and trim in a form', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    page = await signedIn(forecourt, browser, 'admin')
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const openNew = (collection = 'inventory') =>
    page.goto(`${forecourt.origin}/admin/collections/${collection}/create`)
  const suggestions = () => page.locator('.catalog-combobox__list:visible li')
  const listSuggestions = () => suggestions().allInnerTexts()
  /** Opens the list of a field, once its answer is there. */
  const open = async (field: string) => {
    const answered = page.waitForResponse((response) => response.url().includes('/api/catalog/'))
    await page.click(`#field-${field}`)
    await answered
    await suggestions().first().waitFor()
  }
  const valueOf = (field: string) => page.inputValue(`#field-${field}`)

  it('are plain text fields while the catalog is empty', async () => {
    await openNew()
    await page.fill('#field-year', '2021')
    const answered = page.waitForResponse((response) => response.url().includes('/api/catalog/'))
    await page.click('#field-make')
    await answered
    await page.keyboard.type('Honda')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await valueOf('make')).toBe('Honda')
    expect(await listSuggestions()).toEqual([])
  })

  it('suggest the values of the catalog one after the other, with the keyboard', async () => {
    await forecourt.sql(`insert into vehicle_options (year, make, model, trim) values
      (2021, 'Honda', 'Accord', 'EX-L'), (2021, 'Honda', 'Accord', 'LX'),
      (2021, 'Honda', 'Civic', 'Si'), (2021, 'Acura', 'TLX', 'Base'),
      (2020, 'Honda', 'Fit', 'Sport')`)
    await openNew()
    await page.fill('#field-year', '2021')
    await open('make')
    expect(await listSuggestions()).toEqual(['Acura', 'Honda'])
    await page.keyboard.type('ho')
    expect(await listSuggestions()).toEqual(['Honda'])
    await page.keyboard.press('ArrowDown')
    const marked = await page.getAttribute('#field-make', 'aria-activedescendant')
    expect(await page.locator(`[id="${marked}"]`).innerText()).toBe('Honda')
    await page.keyboard.press('Enter')
    expect(await valueOf('make')).toBe('Honda')
    await open('model')
    expect(await listSuggestions()).toEqual(['Accord', 'Civic'])
    await page.screenshot({ path: `${SCREENSHOTS}/catalog-choices.png` })
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await valueOf('model')).toBe('Civic')
    expect(await listSuggestions()).toEqual([])
    expect(page.url()).toContain('/create')
  })

  it('suggest with the mouse, and close with Escape', async () => {
    await page.fill('#field-model', 'accord')
    await open('trim')
    await page.getByRole('option', { name: 'LX', exact: true }).click()
    expect(await valueOf('trim')).toBe('LX')
    await page.click('#field-trim')
    expect(await listSuggestions()).toEqual(['EX-L', 'LX'])
    await page.keyboard.press('Escape')
    expect(await listSuggestions()).toEqual([])
    expect(await valueOf('trim')).toBe('LX')
  })

  it('suggest others when a field before them changes', async () => {
    await page.fill('#field-year', '2020')
    await open('model')
    await page.fill('#field-model', '')
    await page.click('#field-model')
    await expect(suggestions().first().innerText()).resolves.toBe('Fit')
    await page.keyboard.press('Escape')
  })

  it('take any text, which is saved', async () => {
    const { id } = await saveCar(forecourt.payload, { year: 2021, make: 'Honda', model: 'Civic' })
    await page.goto(`${forecourt.origin}/admin/collections/inventory/${id}`)
    await open('trim')
    await page.keyboard.type('One of a kind')
    expect(await listSuggestions()).toEqual([])
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await page.click('#action-save')
    expect((await saved).status()).toBe(200)
    const car = await forecourt.payload.findByID({
      collection: 'inventory',
      id,
      overrideAccess: true,
    })
    expect(car.trim).toBe('One of a kind')
  })

  it('suggest in the garage, on a phone and in the dark', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await openNew('vehicles')
    await page.fill('#field-year', '2021')
    await open('make')
    await page.getByRole('option', { name: 'Honda' }).click()
    await open('model')
    await untilStill(page)
    const [list, input] = await Promise.all([
      page.locator('.catalog-combobox__list:visible').boundingBox(),
      page.locator('#field-model').boundingBox(),
    ])
    expect(list?.width).toBe(input?.width)
    await page.screenshot({ path: `${SCREENSHOTS}/catalog-choices-phone.png` })
    await page.getByRole('option', { name: 'Accord' }).click()
    expect(await valueOf('model')).toBe('Accord')
  })
})
