import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { aFuelLog } from '../support/builders.ts'
import { createHeic } from '../support/heic-file.ts'
import type { Owner } from '../support/owners.ts'
import { createImages, createPdf, saveDocument } from '../support/owner-files.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('files in the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page
  let owner: Owner
  let vehicle: string
  let document: string

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    owner = await forecourt.asOwner()
    ;({ vehicle, document } = await saveDocument(forecourt, owner))
    page = await signedIn(forecourt, browser, 'admin')
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    // The browser names every refusal: here, that of the GIF image.
    expect(browser.complaints.filter((one) => !one.includes('status of 415'))).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const open = async (collection: string, id: string) => {
    await page.goto(`${forecourt.origin}/admin/collections/${collection}/${id}`)
    await untilStill(page)
  }
  const items = () => page.locator('.attached-files__list li')
  const listNames = async () => {
    const names = await page.locator('.attached-files__about a').allInnerTexts()
    return names.map((name) => name.trim())
  }
  const buildPhotos = async () => [
    {
      name: 'Rückseite.jpg',
      mimeType: 'image/jpeg',
      buffer: (await createImages())['image/jpeg'],
    },
    { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: createHeic() },
  ]
  const chooseFiles = '.attached-files input[type=file]'

  it('are uploaded to a document, shown, and still let the form be saved', async () => {
    await open('documents', document)
    await page.getByText('No files yet.').waitFor()
    await page.setInputFiles(chooseFiles, await buildPhotos())
    await items().nth(1).waitFor()
    expect(await listNames()).toEqual(['Rückseite.jpg', 'IMG_0001.HEIC'])
    for (const picture of await page.locator('.attached-files__list img').all()) {
      await picture.scrollIntoViewIfNeeded()
      await page.waitForFunction(
        (image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0,
        await picture.elementHandle(),
      )
    }
    await page.screenshot({ path: `${SCREENSHOTS}/document-files.png`, fullPage: true })
    await page.fill('#field-details-policyNumber', 'A-1')
    await page.click('#action-save')
    await page.getByText('Updated successfully').first().waitFor()
    const { body } = await owner.api.get(`/api/documents/${document}`).expect(200)
    expect(body).toMatchObject({
      fileName: 'Rückseite.jpg',
      details: { policyNumber: 'A-1' },
    })
  })

  it('that are refused are named with the reason, and the others are kept', async () => {
    await open('documents', document)
    await items().nth(1).waitFor()
    const pdf = { name: 'policy.pdf', mimeType: 'application/pdf', buffer: await createPdf() }
    const gif = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('GIF89a') }
    await page.setInputFiles(chooseFiles, [gif, pdf])
    await items().nth(2).waitFor()
    expect(await page.locator('.attached-files [role=alert]').innerText()).toContain(
      'a.pdf: The file is a GIF image.',
    )
    expect(await listNames()).toEqual(['Rückseite.jpg', 'IMG_0001.HEIC', 'policy.pdf'])
  })

  it('are downloaded unchanged, and removed with the keyboard after a question', async () => {
    await open('documents', document)
    await items().nth(2).waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'policy.pdf' }).click()
    expect((await downloading).suggestedFilename()).toBe('policy.pdf')
    await page.getByRole('button', { name: 'Remove policy.pdf' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('button', { name: 'Remove policy.pdf' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      () => globalThis.document.querySelectorAll('.attached-files__list li').length === 2,
    )
    expect(await listNames()).toEqual(['Rückseite.jpg', 'IMG_0001.HEIC'])
  })

  it('fit a phone and the dark theme', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await open('documents', document)
    await items().nth(1).waitFor()
    const overflow = await page.evaluate(
      () =>
        globalThis.document.documentElement.scrollWidth -
        globalThis.document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
    await page.locator('.attached-files').scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${SCREENSHOTS}/document-files-phone.png` })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('are details of the type that is chosen, and others stay', async () => {
    await forecourt.sql('update documents set details = $1 where id = $2', [
      { policyNumber: 'A-1', broker: 'Bob' },
      document,
    ])
    await open('documents', document)
    expect(await page.inputValue('#field-details-policyNumber')).toBe('A-1')
    expect(await page.locator('.document-details__others').innerText()).toContain('broker Bob')
    await page.fill('#field-details-insurer', 'Acme')
    await page.click('#action-save')
    await page.getByText('Updated successfully').first().waitFor()
    const { body } = await owner.api.get(`/api/documents/${document}`).expect(200)
    expect(body.details).toEqual({ policyNumber: 'A-1', broker: 'Bob', insurer: 'Acme' })
  })

  it('belong to logs, too, and a new one says to save first', async () => {
    const made = await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    await open('fuel-logs', String(made.body.doc.id))
    await page.setInputFiles(chooseFiles, (await buildPhotos())[1] as never)
    await items().first().waitFor()
    await open('maintenance-logs', 'create')
    await page.getByText('Save first, then add files').waitFor()
  })

  it('include the photo of a vehicle', async () => {
    await open('vehicles', vehicle)
    await page.setInputFiles('.vehicle-photo input[type=file]', (await buildPhotos())[1] as never)
    const photo = page.locator('.vehicle-photo img')
    await photo.waitFor()
    await page.fill('#field-nickname', 'Blue')
    await page.click('#action-save')
    await page.getByText('Updated successfully').first().waitFor()
    await open('vehicles', vehicle)
    await photo.waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/vehicle-photo.png` })
    await page.getByRole('button', { name: 'Remove photo' }).click()
    await page.getByRole('button', { name: 'Yes, remove' }).click()
    await page.getByRole('button', { name: 'Add photo' }).waitFor()
    await owner.api.get(`/api/vehicles/${vehicle}/image`).expect(404)
  })
})
