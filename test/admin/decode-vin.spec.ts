import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { prepareVinFolder, type VinFolder } from '../support/vin-folder.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'
import { fits } from './market-screens.ts'
import { fillIn, openCar, signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const ACCORD = '1HGCM82633A004352'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('a new car by its VIN, in a browser', () => {
  let peer: VpicPeer
  let folder: VinFolder
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    peer = await startVpicPeer()
    folder = await prepareVinFolder()
    const { VPIC_URL } = peer.settings
    forecourt = await openPanelForecourt({
      environment: () => Promise.resolve({ VPIC_URL, ...folder.settings }),
    })
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
    await peer.stop()
    await folder.remove()
  })

  const openForm = async (collection: string): Promise<Page> => {
    const page = await signedIn(forecourt, browser, 'admin', `/collections/${collection}/create`)
    await page.locator('#field-vin').waitFor()
    return page
  }
  const decode = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Decode VIN' }).press('Enter')
    const result = page.locator('.decode-vin__result p').first()
    await result.waitFor()
    return page.locator('.decode-vin__result').innerText()
  }

  it('fills in what is empty, keeps what was entered, and says so', async () => {
    const page = await openForm('inventory')
    expect(await page.getByRole('button', { name: 'Decode VIN' }).isDisabled()).toBe(true)
    await fillIn(page, '#field-trim', 'My own trim')
    await fillIn(page, '#field-vin', ACCORD)
    const text = await decode(page)
    expect(text).toMatch(/year 2003/)
    expect(text).toMatch(/model Accord/)
    expect(text).toMatch(/Kept as entered: trim\./)
    expect(text).toMatch(/Not known: .*city MPG/)
    expect(await page.inputValue('#field-year')).toBe('2003')
    expect(await page.inputValue('#field-model')).toBe('Accord')
    expect(await page.inputValue('#field-transmission')).toBe('8-Speed Automatic')
    expect(await page.inputValue('#field-trim')).toBe('My own trim')
    await page.screenshot({ path: `${SCREENSHOTS}/decode-vin.png`, fullPage: true })
    await page.setViewportSize({ width: 390, height: 800 })
    await browser.untilIdle(page)
    expect(await fits(page)).toBe(true)
    await page.screenshot({ path: `${SCREENSHOTS}/decode-vin-phone.png`, fullPage: true })
    await page.close()
  })

  it('names what contradicts the VIN, and fills in nothing of another make', async () => {
    const page = await openForm('vehicles')
    await fillIn(page, '#field-make', 'Toyota')
    await fillIn(page, '#field-vin', ACCORD)
    const text = await decode(page)
    expect(text).toContain('stands for make Honda, but the make entered is Toyota.')
    expect(text).toContain('Nothing was filled in.')
    expect(await page.inputValue('#field-model')).toBe('')
    await page.close()
  })

  it('says why a VIN cannot be decoded', async () => {
    const page = await openForm('inventory')
    await fillIn(page, '#field-vin', '1HGCM82643A004352')
    expect(await decode(page)).toContain('check digit 4, expected 3')
    browser.complaints.splice(0) // the 400 that was to be expected
    await page.close()
  })

  it('fills in nothing if the VIN changes before it is decoded', async () => {
    const page = await openForm('inventory')
    await fillIn(page, '#field-vin', '5XXG64J25RG261110')
    peer.always('silent')
    await page.getByRole('button', { name: 'Decode VIN' }).press('Enter')
    await fillIn(page, '#field-vin', ACCORD)
    await page.getByRole('button', { name: 'Decode VIN' }).waitFor()
    peer.always(null)
    expect(await page.inputValue('#field-make')).toBe('')
    expect(await page.locator('.decode-vin__result').innerText()).toBe('')
    await page.close()
  })

  it('is not for those who may only look', async () => {
    const { page } = await openCar(forecourt, browser, {}, 'viewer')
    expect(await page.getByRole('button', { name: 'Decode VIN' }).count()).toBe(0)
    await page.close()
  })

  it('has no complaints of the browser', () => {
    expect(browser.complaints).toEqual([])
  })
})
