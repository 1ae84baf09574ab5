import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { demoOwners } from '../../src/demo/garage/demo-owners.ts'
import { loadDemoGarage } from '../../src/demo/garage/load.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, fillIn, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of an owner, in a browser', () => {
  const [alex, robin] = demoOwners
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    await loadDemo(forecourt.payload, new Date())
    await loadDemoGarage(forecourt.payload, new Date())
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  async function openOwner(email: string, on = browser) {
    const { rows } = await forecourt.sql('select id from user_profiles where email = $1', [email])
    const { id } = rows[0] as { id: string }
    const page = await signedIn(forecourt, on, 'admin', `/collections/user-profiles/${id}`)
    await page.locator('.owner-garage__vehicle').first().waitFor()
    await page.getByText('Latest e-mails').waitFor()
    return page
  }

  it.each(LOOKS)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openOwner(alex.email, other)
      await page.setViewportSize({ width, height: 844 })
      await eventually(() => fits(page), true)
      const path = `${SCREENSHOTS}/owner-${scheme}-${width}.png`
      await page.screenshot({ path, fullPage: true })
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leads with the vehicles, with photo, plate and odometer, each with a link', async () => {
    const page = await openOwner(alex.email)
    const cards = await page.locator('.owner-garage__vehicle').allInnerTexts()
    expect(cards.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      '2019 Honda Accord DEM 0419 · 52,547 mi',
      '2022 Tesla Model 3 DEM 0422 · 25,877 mi',
    ])
    expect(await page.locator('.owner-garage__vehicle img').count()).toBe(2)
    await page.locator('.owner-garage__vehicle').first().click()
    await page.waitForURL(/\/collections\/vehicles\/[\da-f-]{36}$/)
  })

  it('says what is due, what expires, what was spent, and which e-mails there were', async () => {
    const page = await openOwner(alex.email)
    const text = await page.locator('.owner-garage').innerText()
    expect(text).toMatch(/Overdue\s+Oil change\s+2019 Honda Accord\s+\d+ days? over/)
    expect(text).toMatch(/Due soon\s+Tire rotation\s+2019 Honda Accord\s+383 mi left/)
    expect(text).toMatch(/Expires soon\s+Auto insurance\s+2019 Honda Accord/)
    expect(text).toMatch(/Spending, USD[\s\S]*Total\s+\$[\d,.]+\s+\$[\d,.]+/)
    expect(text).toMatch(/0\.\d of 1,000 MB/)
    expect(text).toMatch(/Sent\s+robin\.tremblay@example\.com accepted your invitation/)
  })

  it('is in the units and the currency of the owner', async () => {
    const page = await openOwner(robin.email)
    const text = await page.locator('.owner-garage').innerText()
    expect(text).toContain('DEMO 421 · 67,988 km')
    expect(text).toContain('Spending, CAD')
  })

  it('says that an owner has no vehicles, that nothing is due, and that there is no mail', async () => {
    const { profile } = await forecourt.asOwner()
    const path = `/collections/user-profiles/${profile}`
    const page = await signedIn(forecourt, browser, 'admin', path)
    for (const note of ['No vehicles yet.', 'Nothing is due', 'None in the last 30 days.'])
      await page.getByText(note).waitFor()
  })

  it('adds a vehicle of the owner', async () => {
    const { profile, email } = await forecourt.asOwner()
    const path = `/collections/user-profiles/${profile}`
    const page = await signedIn(forecourt, browser, 'admin', path)
    await page.getByRole('button', { name: 'Add vehicle' }).click()
    const drawer = page.locator('.doc-drawer')
    await drawer.locator('.owner-picker__picked').getByText(email).waitFor()
    await untilStill(page)
    await fillIn(page, '.doc-drawer #field-licensePlate', 'NEW 1')
    await drawer.locator('#action-save').click()
    await page.locator('.owner-garage__vehicle').getByText('NEW 1').first().waitFor()
    await page.close()
  })
})
