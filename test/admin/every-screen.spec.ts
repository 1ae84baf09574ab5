import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { anyVin, saveCar } from '../support/builders.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import {
  drag,
  eventually,
  fillIn,
  nameOf,
  openCar,
  openTab,
  picture,
  save,
  shownPhotos,
  signedIn,
  signedInByForm,
  upload,
} from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const RUNS_CODE = '<img src=x onerror=window.__xss=1>'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the panel, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  it('says how the first admin is made while there is nobody, and offers no form for it', async () => {
    const page = await browser.open()
    await page.goto(`${forecourt.origin}/admin`)
    await page.getByText('npm run admin -- create EMAIL').waitFor()
    expect(await page.locator('input, form').count()).toBe(0)
    await page.screenshot({ path: `${SCREENSHOTS}/no-admin-yet.png` })
    await page.close()
  })

  it('shows the lot to a manager who signs in', async () => {
    await saveCar(forecourt.payload, { make: 'Saab', model: '900', year: 2005 })
    const page = await signedInByForm(forecourt, browser, 'manager')
    await page.getByRole('heading', { name: 'The lot today' }).waitFor()
    await page.goto(`${forecourt.origin}/admin/collections/inventory`)
    await page.getByRole('link', { name: /^2005 Saab 900/ }).waitFor()
    expect(await page.locator('td.cell-status').first().innerText()).toBe('Available')
    expect(await page.locator('td.cell-price').first().innerText()).toBe('$24,500')
    await page.close()
  })

  it('changes a price that the API then tells', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await openTab(page, 'Price')
    await page.fill('#field-price', '19995')
    expect(await save(page)).toBe(200)
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({ price: 19_995 })
    await page.close()
  })

  it('refuses a VIN with a wrong check digit and says at its field which digit it expects', async () => {
    const { page } = await openCar(forecourt, browser)
    const vin = anyVin()
    const wrong = `${vin.slice(0, 8)}${vin[8] === '5' ? '6' : '5'}${vin.slice(9)}`
    await fillIn(page, '#field-vin', wrong)
    expect(await save(page)).toBe(400)
    const reported = page
      .locator('.field-type.text', { has: page.locator('#field-vin') })
      .locator('.field-error')
    await reported.waitFor()
    expect(await reported.innerText()).toContain(`expected ${vin[8]}`)
    expect(
      await reported.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
    ).toBe(true)
    await page.close()
  })

  it('offers to confirm an unusual VIN once it is refused, and takes it when it is confirmed', async () => {
    const { page, car } = await openCar(forecourt, browser)
    const confirm = page.getByLabel('This VIN is correct as entered')
    expect(await confirm.count()).toBe(0)
    await fillIn(page, '#field-vin', 'JM3TCBCY5M0454042')
    await confirm.waitFor()
    expect(await save(page)).toBe(400)
    await confirm.check()
    expect(await save(page)).toBe(200)
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({ vin: 'JM3TCBCY5M0454042' })
    await page.close()
  })

  it(
    'uploads photos, sorts them by button and by dragging, and the public sees them in that ' +
      'order',
    async () => {
      const { page, car } = await openCar(forecourt, browser)
      await openTab(page, 'Media')
      await upload(page, [await picture('red.png', '#c33'), await picture('blue.png', '#33c')])
      await page.locator('.photo-tile img').nth(1).waitFor()
      const [red = '', blue = ''] = await shownPhotos(page)
      await page.getByRole('button', { name: 'Make photo 2 of 2 the cover' }).click()
      await eventually(() => shownPhotos(page), [blue, red])
      await drag(
        page,
        page.getByLabel('Reorder photo 1 of 2'),
        page.getByLabel('Reorder photo 2 of 2'),
      )
      await eventually(() => shownPhotos(page), [red, blue])
      expect(await save(page)).toBe(200)
      const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
      const { images } = body as { images: string[] }
      expect(images.map(nameOf)).toEqual([red, blue])
      expect(await Promise.all(images.map(async (url) => (await fetch(url)).status))).toEqual([
        200, 200,
      ])
      await page.screenshot({ path: `${SCREENSHOTS}/photos.png`, fullPage: true })
      await page.close()
    },
  )

  it('says in words why a file is no photo, and lets the others through', async () => {
    const { page } = await openCar(forecourt, browser)
    await openTab(page, 'Media')
    await upload(page, [
      { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('Dear Sir') },
      await picture('green.png', '#3c3'),
    ])
    await page.locator('.photo-tile img').waitFor()
    expect(await page.locator('.photo-uploads__problem').innerText()).toMatch(/\w+ \w+ \w+/)
    await page.close()
  })

  it('keeps features as a list, one a line', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await openTab(page, 'Media')
    await page.fill('#field-features', 'Heated seats\n\n  Sunroof ')
    expect(await save(page)).toBe(200)
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({ features: ['Heated seats', 'Sunroof'] })
    await page.close()
  })

  it('shows what strangers wrote as text and runs none of it', async () => {
    const { page } = await openCar(forecourt, browser, {
      make: RUNS_CODE,
      description: RUNS_CODE,
      features: [RUNS_CODE],
    })
    await openTab(page, 'Media')
    for (const screen of ['', '/collections/inventory']) {
      await page.goto(`${forecourt.origin}/admin${screen}`)
      await page.getByText(RUNS_CODE).first().waitFor()
    }
    expect(await page.evaluate(() => '__xss' in globalThis)).toBe(false)
    await page.close()
  })

  it('hides the cost from a viewer, who cannot save', async () => {
    const { page } = await openCar(forecourt, browser, {}, 'viewer')
    expect(await page.locator('#action-save').count()).toBe(0)
    expect(await page.locator('#field-vin').isDisabled()).toBe(true)
    await openTab(page, 'Price')
    await page.locator('#field-price').waitFor()
    expect(await page.locator('#field-cost').count()).toBe(0)
    await openTab(page, 'Media')
    await page.getByText('This car has no photos yet.').waitFor()
    expect(await page.getByRole('button', { name: 'Upload photos' }).count()).toBe(0)
    await page.close()
  })

  it.each(['light', 'dark'] as const)('is drawn in %s', async (scheme) => {
    const other = await openBrowser(String(chromium), scheme)
    const before = await other.open()
    await before.goto(`${forecourt.origin}/admin/login`)
    await before.locator(`html[data-theme=${scheme}]`).waitFor()
    await before.screenshot({ path: `${SCREENSHOTS}/sign-in-${scheme}.png` })
    const page = await signedIn(forecourt, other, 'manager')
    await page.getByRole('heading', { name: 'The lot today' }).waitFor()
    await page.locator(`html[data-theme=${scheme}]`).waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/dashboard-${scheme}.png` })
    const ground = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    )
    expect(ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 20, 20)')
    expect(other.complaints).toEqual([])
    await other.close()
  })

  it(
    'leaves nothing in the console, of the content policy or of anything else, but the three ' +
      'writes that were refused',
    () => {
      const refused = /: Failed to load resource: the server responded with a status of 400 \(/
      expect(browser.complaints.filter((result) => !refused.test(result))).toEqual([])
      expect(browser.complaints).toHaveLength(3)
    },
  )
})
