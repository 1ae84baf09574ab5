import { mkdir } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { getTestServer } from '../support/databases.ts'
import { saveUser, fetchToken } from '../support/forecourt.ts'
import { type FaultProxy, openBehind, openProxy } from '../support/http-fault-proxy.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { waitUntil } from '../support/work.ts'
import { signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const TITLE = 'The database is not available right now'

jest.setTimeout(600_000)

let proxy: FaultProxy
let forecourt: PanelForecourt
beforeAll(async () => {
  const { url } = getTestServer()
  proxy = await openProxy(url)
  openBehind(proxy, url)
  forecourt = await openPanelForecourt()
  await mkdir(SCREENSHOTS, { recursive: true })
})
afterEach(async () => {
  proxy.resume()
  await ready(200)
})
afterAll(async () => {
  await forecourt.close()
  await proxy.close()
})

const ready = (status: 200 | 503) =>
  waitUntil(
    async () => (await fetch(`${forecourt.origin}/readyz`)).status === status,
    `/readyz answers ${status}`,
  )

/**
 * How a database goes: silent, as when all its processes are stopped, or gone, as when it was shut
 * down.
 */
const OUTAGES = { 'goes silent': () => proxy.freeze(), 'is shut down': () => proxy.cut() } as const
type Outage = keyof typeof OUTAGES

describe.each(Object.keys(OUTAGES) as Outage[])('while the database %s, the panel', (outage) => {
  let cookie: string
  beforeAll(async () => {
    cookie = `forecourt-token=${await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'admin'))}`
  })

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${forecourt.origin}${path}`, {
      headers: { cookie, 'sec-fetch-site': 'none', ...headers },
      redirect: 'manual',
    })

  it('answers every screen 503 with a page of its own, and takes away no cookie', async () => {
    OUTAGES[outage]()
    await ready(503)
    for (const path of [
      '/admin',
      '/admin/login',
      '/admin/collections/inventory',
      '/admin/account',
      '/admin/nothing',
    ]) {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '2'])
      expect(await answer.text()).toContain(TITLE)
      expect([answer.headers.get('set-cookie'), answer.headers.get('location')]).toEqual([
        null,
        null,
      ])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('answers its own scripts 503 in words that Next shows', async () => {
    OUTAGES[outage]()
    await ready(503)
    const call = {
      method: 'POST',
      headers: { 'next-action': '0'.repeat(42), origin: forecourt.origin, cookie },
      body: '[]',
    }
    for (const answer of [
      await get('/admin', { rsc: '1' }),
      await fetch(`${forecourt.origin}/admin`, call),
    ]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/plain'])
      expect(await answer.text()).toContain('not been signed out')
    }
  })

  it('still serves what lies on the disk', async () => {
    OUTAGES[outage]()
    await ready(503)
    expect((await get('/admin/icon.svg')).status).toBe(200)
  })

  it('does not redirect requests of that very moment to the sign-in page', async () => {
    await get('/admin/collections/inventory')
    for (let round = 0; round < 6; round++) {
      const requests = Array.from({ length: 4 }, () => get('/admin/collections/inventory'))
      await new Promise((resolve) => setTimeout(resolve, round * 40))
      OUTAGES[outage]()
      for (const answer of await Promise.all(requests)) {
        const text = await answer.text()
        expect([200, 503]).toContain(answer.status)
        expect(text).not.toContain('/admin/login?redirect')
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
      proxy.resume()
      await ready(200)
    }
  })
})

;(chromium ? describe : describe.skip)('somebody who is signed in, in a browser,', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser(String(chromium))
  })
  afterAll(() => browser.close())

  const isAtWork = (page: Page) =>
    page.getByRole('heading', { name: 'Inventory' }).waitFor({ timeout: 60_000 })

  it.each(Object.keys(OUTAGES) as Outage[])(
    'is shown the outage when the database %s, and continues when it is back',
    async (outage) => {
      const page = await signedIn(forecourt, browser, 'admin')
      OUTAGES[outage]()
      await ready(503)
      await page.goto(`${forecourt.origin}/admin/collections/inventory`)
      await page.getByRole('heading', { name: TITLE }).waitFor()
      await page.screenshot({ path: `${SCREENSHOTS}/database-away-light.png` })
      proxy.resume()
      await isAtWork(page)
      // the list may have added its query
      expect(new URL(page.url()).pathname).toBe('/admin/collections/inventory')
      await page.close()
    },
  )

  it(
    'keeps the session of a screen that was open, though its renewal came while the database ' +
      'was away',
    async () => {
      const page = await signedIn(forecourt, browser, 'admin')
      await page.goto(`${forecourt.origin}/admin/collections/inventory`)
      await isAtWork(page)
      OUTAGES['goes silent']()
      await ready(503)
      const isRefused = page.waitForResponse(
        (response) => response.url().includes('refresh-token') && response.status() === 503,
      )
      const renewed = page.evaluate(async () => {
        const { status } = await fetch('/api/users/refresh-token?refresh', {
          method: 'POST',
          credentials: 'include',
        })
        return status
      })
      await isRefused
      proxy.resume()
      expect(await renewed).toBe(200)
      await page.reload()
      await isAtWork(page)
      await page.close()
    },
  )

  it('is shown in dark mode, too', async () => {
    const dark = await openBrowser(String(chromium), 'dark')
    const page = await dark.open(390, 844)
    proxy.cut()
    await ready(503)
    await page.goto(`${forecourt.origin}/admin`)
    await page.getByRole('heading', { name: TITLE }).waitFor()
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(20, 20, 20)',
    )
    await page.screenshot({ path: `${SCREENSHOTS}/database-away-dark.png` })
    await dark.close()
  })
})
