import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening } from '../support/http-listen.ts'
import { createPicture } from '../support/http-photos.ts'
import { linkTo, offerCar, type Offered, setStatus } from '../support/submissions.ts'

const chromium = findChromium()
const inBrowser = chromium ? it : it.skip
const PHONE = 390

let server: Listening
let forecourt: TestForecourt
let browser: Browser
let folder: string
beforeAll(async () => {
  server = await listenOnLoopback((req, res) => forecourt.app(req, res))
  forecourt = await openForecourt({ PUBLIC_ORIGIN: `http://127.0.0.1:${server.port}` })
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-photos-'))
  if (chromium) browser = await openBrowser(chromium)
})
afterAll(async () => {
  if (chromium) await browser.close()
  await rm(folder, { recursive: true })
  await server.close()
  await forecourt.close()
})

async function openPage(offered: Offered): Promise<Page> {
  const page = await browser.open(PHONE, 844)
  await page.goto(`${forecourt.settings.publicOrigin}${linkTo(offered, '/page')}`)
  return page
}

async function savePicture(): Promise<string> {
  const file = path.join(folder, 'car.jpg')
  await writeFile(file, await createPicture(640, 480).jpeg().toBuffer())
  return file
}

const fitsPhone = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

inBrowser('a customer adds a photo, answers a question and withdraws, on a phone', async () => {
  const offered = await offerCar(forecourt, { trim: 'EX' })
  const page = await openPage(offered)
  expect(await fitsPhone(page)).toBe(true)
  await page.getByLabel('Add a photo').setInputFiles(await savePicture())
  await page.getByRole('button', { name: 'Upload' }).click()
  await page.getByText('The photo was added.').waitFor()
  const width = await page
    .getByAltText('Photo 1')
    .evaluate((image) => (image as HTMLImageElement).decode().then(() => image.clientWidth))
  expect(width).toBeGreaterThan(100)

  await setStatus(forecourt, offered, 'info_wanted', 'Is there any rust?')
  await page.reload()
  await page.getByLabel('Your answer').fill('None.\nIt was always in a garage.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText('We are looking at your answer.').waitFor()
  await page.getByText('It was always in a garage.').waitFor()

  await page.getByText('Withdraw your offer…').click()
  await page.getByRole('button', { name: 'Withdraw the offer' }).click()
  expect(await page.getByText('You withdrew this offer.').count()).toBe(0)
  await page.getByLabel('I no longer want to sell this car to you.').check()
  await page.getByRole('button', { name: 'Withdraw the offer' }).click()
  await page.getByText('You withdrew this offer.').waitFor()
  expect(await fitsPhone(page)).toBe(true)
  expect(browser.complaints).toEqual([])
})
