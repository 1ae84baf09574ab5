import { expect } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import type { Inventory } from '../../src/generated/payload-types.ts'
import type { Browser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { type Role, saveUser } from '../support/forecourt.ts'
import type { PanelForecourt } from '../support/panel.ts'

/**
 * A page of somebody new with this role, on the first screen or another one. They take the place of
 * whoever was signed in in this browser.
 */
export async function signedIn(
  { payload, origin }: PanelForecourt,
  browser: Browser,
  role: Role,
  screen = '',
): Promise<Page> {
  const { context, open } = browser
  const { email, password } = await saveUser(payload, role)
  await context.clearCookies()
  const signedIn = await context.request.post(`${origin}/api/users/login`, {
    data: { email, password },
    maxRetries: 1, // the server may be closing the idle connection that this request is sent on
  })
  expect(signedIn.status()).toBe(200)
  const page = await open()
  await openScreen(browser, page, `${origin}/admin${screen}`)
  return page
}

/** The same, by the form of the sign-in. */
export async function signedInByForm(
  { payload, origin }: PanelForecourt,
  browser: Browser,
  role: Role,
): Promise<Page> {
  const { context, open } = browser
  const { email, password } = await saveUser(payload, role)
  await context.clearCookies()
  const page = await open()
  await openScreen(browser, page, `${origin}/admin/login`)
  await page.fill('#field-email', email)
  await page.fill('#field-password', password)
  await page.click('button[type=submit]')
  await page.waitForURL(`${origin}/admin`)
  return page
}

/**
 * Opens a screen and waits until its scripts run: what is typed, or chosen in a tab, before that is
 * lost.
 */
export async function openScreen(
  { untilIdle }: Browser,
  page: Page,
  address: string,
): Promise<void> {
  await page.goto(address)
  await untilIdle(page)
}

/** The screen of a new car, as somebody with this role sees it. */
export async function openCar(
  forecourt: PanelForecourt,
  browser: Browser,
  about: Partial<Inventory> = {},
  role: Role = 'manager',
) {
  const car = await saveCar(forecourt.payload, about)
  const page = await signedIn(forecourt, browser, role, `/collections/inventory/${car.id}`)
  await page.locator('#field-vin').waitFor()
  return { page, car }
}

/**
 * Types into a field and waits until the server has answered the form's request about it, not an
 * earlier one: an answer that comes after a refusal would wipe its message away, and one that comes
 * after somebody else's change would report that.
 */
export async function fillIn(page: Page, field: string, value: string): Promise<void> {
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && 'next-action' in request.headers(),
  )
  await page.fill(field, value)
  await (await sent).response()
}

export async function openTab(page: Page, name: string): Promise<void> {
  await page.locator('.tabs-field__tab-button', { hasText: name }).click()
}

/**
 * Saves the car and answers with the status that the API gave. Waits until the form counts as
 * saved: what is changed in the moment between would count as saved too.
 */
export async function save(page: Page): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.click('#action-save')
  const status = (await answered).status()
  if (status === 200) await page.locator('#action-save[disabled]').waitFor()
  return status
}

/** A picture of one color, as a file to upload. */
export async function picture(name: string, background: string) {
  const buffer = await sharp({ create: { width: 900, height: 600, channels: 3, background } })
    .png()
    .toBuffer()
  return { name, mimeType: 'image/png', buffer }
}

export async function upload(
  page: Page,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  await page.locator('.photo-gallery input[type=file]').setInputFiles(files)
}

/** The photos of the gallery in their order, each by the name it is stored under. */
export async function shownPhotos(page: Page): Promise<string[]> {
  const sources = await page
    .locator('.photo-tile img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('src') ?? ''))
  return sources.map(nameOf)
}

/** The name that the URL of a photo, or of its small picture, ends in. */
export function nameOf(url: string): string {
  return (url.split('/').at(-1) ?? url).replace('-thumbnail', '')
}

/** Waits until nothing on a page moves any more. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await nextFrame()
    await nextFrame()
    const moving = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  })
}

/** Drags one element onto another with the mouse, as slowly as a hand does. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover()
  await page.mouse.down()
  const place = await to.boundingBox()
  expect(place).not.toBeNull()
  if (place)
    await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2, { steps: 12 })
  await untilStill(page) // the others make room
  await page.mouse.up()
  await untilStill(page) // it falls into place
}

/**
 * Waits until the question answers what is expected; fails with the last answer after five seconds.
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  expected: Answer,
): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if (JSON.stringify(await ask()) === JSON.stringify(expected)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(await ask()).toEqual(expected)
}
