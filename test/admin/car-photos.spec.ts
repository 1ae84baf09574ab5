import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { createHeic } from '../support/heic-file.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { openCar, openTab, save, signedIn, untilStill, upload } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const GONE = 'https://photos.example/gone.jpg'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the photos of a car in the panel', () => {
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

  const markDead = () =>
    forecourt.sql(
      `insert into photo_checks (url, status, problem, failures, failing_since, checked_at)
        values ($1, 404, 'The site answers 404.', 2, now(), now())
        on conflict (url) do nothing`,
      [GONE],
    )

  it('that are gone are named on its screen and above the list', async () => {
    const { title, id } = await saveCar(forecourt.payload, { images: [GONE] })
    await markDead()
    const page = await signedIn(forecourt, browser, 'manager', '/collections/inventory')
    const notice = page.locator('details.photo-problems')
    await notice.getByText('1 car with photos that cannot be loaded').click()
    await page.screenshot({ path: `${SCREENSHOTS}/photos-gone-list.png` })
    await notice.getByRole('link', { name: String(title) }).click()
    await page.waitForURL(`**/inventory/${id}`)
    await openTab(page, 'Media')
    await page.getByText('1 photo of this car cannot be loaded').waitFor()
    await page.getByText('The site answers 404.').waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/photos-gone-car.png` })
  })

  it('can be taken by a phone as HEIC, and downloaded as a ZIP', async () => {
    const { page, car } = await openCar(forecourt, browser)
    await openTab(page, 'Media')
    const photo = { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: createHeic() }
    await upload(page, [photo])
    await page.locator('.photo-gallery__count', { hasText: '1 photo' }).waitFor()
    expect(await save(page)).toBe(200)
    const { rows } = await forecourt.sql('select images from inventory where id = $1', [car.id])
    expect(rows).toEqual([{ images: [expect.stringMatching(/\.webp$/)] }])
    await untilStill(page)
    await page.screenshot({ path: `${SCREENSHOTS}/photos-gallery.png` })
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as ZIP' }).click()
    expect((await downloading).suggestedFilename()).toMatch(/-photos\.zip$/)
  })
})
