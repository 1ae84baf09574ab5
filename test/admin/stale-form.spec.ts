import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fillIn, openCar, openScreen, openTab, save } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('a form of the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  it('saves again and again, and is refused once somebody else has changed the row', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await openTab(page, 'Price')
    for (const price of ['19995', '18995', '17995']) {
      await page.fill('#field-price', price)
      expect(await save(page)).toBe(200)
      await page.getByText('Updated successfully.').first().waitFor()
    }
    await forecourt.payload.update({
      collection: 'inventory',
      id: car.id,
      data: { trim: 'Theirs' },
      overrideAccess: true,
    })
    await page.fill('#field-price', '1')
    expect(await save(page)).toBe(409)
    await page.getByText(/Someone else changed .+ Read it again/).waitFor()
    const row = await forecourt.payload.findByID({
      collection: 'inventory',
      id: car.id,
      overrideAccess: true,
    })
    expect(row).toMatchObject({ price: 17_995, trim: 'Theirs' })
    await page.close()
  })

  it('keeps what was typed and may be saved again, however often that is refused', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await openTab(page, 'Price')
    await fillIn(page, '#field-price', '16995')
    await forecourt.payload.update({
      collection: 'inventory',
      id: car.id,
      data: { trim: 'Theirs' },
      overrideAccess: true,
    })
    for (let saves = 0; saves < 3; saves++) {
      expect(await save(page)).toBe(409)
      await page
        .getByText(/Someone else changed .+ Read it again/)
        .first()
        .waitFor()
      expect(await page.inputValue('#field-price')).toBe('16995')
    }
    await page.locator('.step-nav__home').click()
    await page.getByText('Leave without saving').first().waitFor()
    await page.close()
  })

  it('shows a message with a colon whole, and several as a list of sentences that name the fields', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await forecourt.payload.update({
      collection: 'inventory',
      id: car.id,
      data: { status: 'hold' },
      overrideAccess: true,
    })
    await page.fill('#field-trim', 'Mine')
    expect(await save(page)).toBe(409)
    await page
      .locator('.refusals', {
        hasText: /: its status is now hold\. Read it again, then repeat your change\./,
      })
      .waitFor()
    const form = `${forecourt.origin}/admin/collections/inventory/create`
    await openScreen(browser, page, form)
    await page.click('#action-save')
    const items = page.locator('.refusals li')
    await items.nth(5).waitFor()
    expect(await items.allInnerTexts()).toEqual([
      'VIN is required',
      'Model year is required',
      'Make is required',
      'Model is required',
      'Mileage is required',
      'Price is required',
    ])
    await page.locator('.field-error', { hasText: 'Make is required' }).waitFor()
    await page.close()
  })

  it('offers what a VIN may have meant, and keeps a chassis number once the person confirms it', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await fillIn(page, '#field-vin', `I${car.vin}`)
    expect(await save(page)).toBe(400)
    await page.getByText(`Did you mean the VIN inside it? ${car.vin} is valid.`).first().waitFor()
    await fillIn(page, '#field-year', '1990')
    await fillIn(page, '#field-vin', 'BNR32-012345')
    await page.locator('#field-confirmVin').waitFor()
    expect(await save(page)).toBe(400)
    await page
      .getByText("chassis number of a car made for Japan's home market, confirm it")
      .first()
      .waitFor()
    await page.click('#field-confirmVin')
    expect(await save(page)).toBe(200)
    await page.getByText('chassis number BNR32012345 is saved unchecked').first().waitFor()
    const row = await forecourt.payload.findByID({
      collection: 'inventory',
      id: car.id,
      overrideAccess: true,
    })
    expect(row).toMatchObject({ vin: 'BNR32012345', year: 1990 })
    await page.close()
  })

  it('of a car is duplicated without its VIN, which the copy gets before it is for sale', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await page.click('.doc-controls__popup button')
    await page.click('#action-duplicate')
    await page.waitForURL(
      (url) =>
        url.pathname.startsWith('/admin/collections/inventory/') && !url.pathname.endsWith(car.id),
    )
    await page.locator('#field-vin').waitFor()
    expect(await page.inputValue('#field-vin')).toBe('')
    expect(await page.inputValue('#field-stockNumber')).toBe('')
    expect(await page.inputValue('#field-make')).toBe(car.make)
    await page.fill('#field-trim', 'A copy')
    expect(await save(page)).toBe(200)
    const vin = anyVin()
    await page.fill('#field-vin', vin)
    expect(await save(page)).toBe(200)
    const { docs } = await forecourt.payload.find({
      collection: 'inventory',
      where: { vin: { equals: vin } },
      overrideAccess: true,
    })
    expect(docs).toMatchObject([{ status: 'hold', trim: 'A copy', stockNumber: vin.slice(-8) }])
    await page.close()
  })
})
