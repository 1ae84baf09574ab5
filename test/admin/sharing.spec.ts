import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveVehicle } from '../support/builders.ts'
import type { Owner } from '../support/owners.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { inviteGuest, offerTo, saveVerifiedOwner, shareWith } from '../support/sharing.ts'
import { signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 900 }

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the sharing of a vehicle in the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page
  let owner: Owner
  let guest: Owner
  let vehicle: string

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    owner = await saveVerifiedOwner(forecourt)
    guest = await saveVerifiedOwner(forecourt)
    vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Camry' })).id
    page = await signedIn(forecourt, browser, 'admin')
    await page.setViewportSize(DESKTOP)
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const openTab = async (name: string) => {
    await page.goto(`${forecourt.origin}/admin/collections/vehicles/${vehicle}`)
    await untilStill(page)
    await page.getByRole('button', { name, exact: true }).click()
  }
  const readSection = (id: string) => page.locator(`section[aria-labelledby=${id}]`).innerText()
  const photograph = async (name: string) => {
    await untilStill(page)
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })
  }

  it('says that only the owner has access while that is so', async () => {
    await openTab('Sharing')
    await page.getByText('Only the owner.').waitFor()
    expect(await readSection('sharing-offer')).toContain('offered to nobody')
    expect(await readSection('sharing-past')).toContain('None so far')
    await photograph('sharing-empty')
  })

  it('lists guests, invitations, the open offer and past ones, in light, dark and on a phone', async () => {
    const invited = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    await inviteGuest(owner, invited, vehicle, 'viewer')
    const terms = { withCosts: true, withDocuments: false }
    const declined = await offerTo(owner, guest, vehicle, terms)
    await guest.api.delete(`/api/me/transfers/${declined}`).expect(200)
    await offerTo(owner, guest, vehicle, { withCosts: true, withDocuments: true })
    await openTab('Sharing')
    await page.getByText(guest.email).first().waitFor()
    const access = await readSection('sharing-access')
    for (const text of [guest.email, 'Has access', 'Editor', invited.email, 'Invited', 'Viewer'])
      expect(access).toContain(text)
    expect(await readSection('sharing-offer')).toContain('costs, documents and receipts')
    const past = await readSection('sharing-past')
    for (const text of ['Declined', guest.email, 'without documents']) expect(past).toContain(text)
    await photograph('sharing-light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await photograph('sharing-dark')
    await page.setViewportSize(PHONE)
    await openTab('Sharing')
    await page.getByText(guest.email).first().waitFor()
    expect(
      await page.evaluate(() => globalThis.document.documentElement.scrollWidth),
    ).toBeLessThanOrEqual(PHONE.width)
    await photograph('sharing-phone')
    await page.setViewportSize(DESKTOP)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('is ended by an admin, after a question', async () => {
    await openTab('Sharing')
    await page.getByRole('button', { name: `End the access of ${guest.email}?` }).click()
    await photograph('sharing-question')
    await page.getByRole('button', { name: 'Keep' }).click()
    await guest.api.get(`/api/vehicles/${vehicle}`).expect(200)
    await page.getByRole('button', { name: `End the access of ${guest.email}?` }).click()
    await page.getByRole('button', { name: 'Yes, end access' }).click()
    await page.getByText(`with ${guest.email} ended`).waitFor()
    await guest.api.get(`/api/vehicles/${vehicle}`).expect(404)
    await page.getByRole('button', { name: `Withdraw the offer to ${guest.email}?` }).click()
    await page.getByRole('button', { name: 'Yes, withdraw' }).click()
    await page.getByText('Withdrawn by an admin').waitFor()
    expect((await guest.api.get('/api/me/transfers')).body).toMatchObject({ received: [] })
  })

  it('leaves the form as it was, and its status follows what is entered', async () => {
    await openTab('Purchase and sale')
    const life = page.locator('.vehicle-life')
    expect(await life.innerText()).toContain('Active')
    await page.fill('#field-salePrice', '9000')
    await page.fill('#field-soldDate', '2026-03-05')
    await page.locator('.vehicle-life', { hasText: 'Sold on Mar 5, 2026 for $9,000' }).waitFor()
    await photograph('vehicle-life')
    await page.click('#action-save')
    await page.getByText('Updated successfully').first().waitFor()
    await page.goto(`${forecourt.origin}/admin/collections/vehicles`)
    await page.locator('td .vehicle-status--sold').waitFor()
    await photograph('vehicle-list')
  })
})
