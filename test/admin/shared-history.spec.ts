import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import {
  approveOffer,
  findSubmission,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveVerifiedOwner } from '../support/sharing.ts'
import { signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('a shared history in the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page
  let offered: OfferedVehicle

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    const owner = await saveVerifiedOwner(forecourt)
    const vehicle = await saveTrackedVehicle(forecourt, owner)
    offered = (await offerVehicle(owner, vehicle).expect(201)).body as OfferedVehicle
    page = await signedIn(forecourt, browser, 'viewer')
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const open = async (path: string) => {
    await page.goto(`${forecourt.origin}/admin/collections/${path}`)
    await untilStill(page)
  }
  const section = () => page.getByRole('region', { name: 'Shared history' })
  const photograph = (name: string) =>
    page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })

  it('is on the screen of its submission, verified, with a link to its records', async () => {
    const id = await findSubmission(forecourt, offered.reference)
    await open(`pending-submissions/${id}`)
    const text = await section().innerText()
    expect(text).toContain('Verified')
    expect(text).toContain('1 maintenance job, 2 fuel purchases, and 1 document, as of')
    expect(text).toContain(String(offered.head))
    const href = await section().getByRole('link').getAttribute('href')
    expect(href).toBe(`/api/pending-submissions/${id}/history`)
    await photograph('shared-history-submission')
  })

  it('is on the screen of its car, and says what was altered', async () => {
    const { car } = await approveOffer(forecourt, offered.reference)
    await open(`inventory/${car}`)
    await page.getByRole('button', { name: 'History', exact: true }).click()
    await section().getByText('Verified').waitFor()
    await photograph('shared-history-car')
    await forecourt.sql(
      `update shared_histories set records = replace(records, '"odometer":30000', '"odometer":3000')
       where inventory_id = $1`,
      [car],
    )
    await open(`inventory/${car}`)
    await page.getByRole('button', { name: 'History', exact: true }).click()
    const alert = section().getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Record 3 (maintenance, 2026-02-01) was altered')
    await photograph('shared-history-altered')
  })
})
