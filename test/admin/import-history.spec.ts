import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveVehicle } from '../support/builders.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits } from './market-screens.ts'
import { openTab, signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const FILES = 'test/fixtures/owner-imports'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('an import into a vehicle, in a browser', () => {
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

  const openVehicle = async (): Promise<{ page: Page; id: string }> => {
    const { subject } = await forecourt.asOwner()
    const { id } = await saveVehicle(forecourt.payload, subject, { nickname: 'Fiesta' })
    const page = await signedIn(forecourt, browser, 'admin', `/collections/vehicles/${id}`)
    await openTab(page, 'Import and export')
    await page.getByLabel('File').waitFor()
    return { page, id }
  }
  const readResult = (page: Page) => page.locator('.history-transfer__result').innerText()

  it('shows what the file contains, asks what is open, and adds the rows once', async () => {
    const { page, id } = await openVehicle()
    await page.getByLabel('File').setInputFiles(`${FILES}/fuelio.csv`)
    await page.getByRole('button', { name: 'Import 4 rows' }).waitFor()
    expect(await readResult(page)).toMatch(/Format: Fuelio/)
    expect(await readResult(page)).toMatch(/Line 17 "Parking" is not in the catalog/)
    await page.getByLabel('Category of “Parking”').selectOption('Repair')
    const button = page.getByRole('button', { name: 'Import 5 rows' })
    await button.waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/import-history.png`, fullPage: true })
    await page.setViewportSize({ width: 390, height: 800 })
    await button.waitFor()
    expect(await fits(page)).toBe(true)
    await page.screenshot({ path: `${SCREENSHOTS}/import-history-phone.png`, fullPage: true })
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
    await page.screenshot({ path: `${SCREENSHOTS}/import-history-dark.png`, fullPage: true })
    await button.press('Enter')
    await page.getByText('5 rows added').waitFor()
    const { rows } = await forecourt.sql('select 1 from fuel_logs where vehicle_id = $1', [id])
    expect(rows).toHaveLength(3)
    await page.close()
  })

  it('asks for the order of dates, and offers the exports', async () => {
    const { page, id } = await openVehicle()
    await page.getByLabel('File').setInputFiles(`${FILES}/fuelly-ambiguous.csv`)
    const question = page.getByLabel(/In which order/)
    await question.waitFor()
    expect(await page.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true)
    await question.selectOption('Month, day, year')
    await page.getByRole('button', { name: 'Import 2 rows' }).waitFor()
    expect(await readResult(page)).toMatch(/Mar 1, 2026/)
    for (const format of ['PDF', 'CSV']) {
      const link = page.getByRole('link', { name: `Export ${format}`, exact: true })
      const href = await link.getAttribute('href')
      expect(href).toBe(`/api/vehicles/${id}/export?format=${format.toLowerCase()}`)
    }
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export PDF', exact: true }).click()
    expect((await download).suggestedFilename()).toBe('fiesta-history.pdf')
    await page.close()
  })
})
