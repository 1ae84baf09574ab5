import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { listenOnLoopback } from '../support/http-listen.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
const TEXT =
  'Hello Ada,\n\nsomebody asked for a new ' +
  'password:\nhttp://localhost/admin/reset/a-secret-token\n\nForecourt'
const BUTTON = 'background:#0f5b6e;color:#fff;padding:10px 18px;border-radius:6px'
const HTML = `<!doctype html><html><body><h1>A new password</h1><p>Hello Ada, somebody asked for a new password.</p>
<p><a style="${BUTTON}" href="http://localhost/admin/reset/a-secret-token">Choose a new password</a></p><p>Forecourt</p></body></html>`

type Result = { subject: string; html?: string | null; status?: string }

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the outbox, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt({ works: true })
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  const saveMail = async ({ subject, html = HTML, status = 'sent' }: Result): Promise<string> => {
    const { rows } = await forecourt.sql(
      `insert into outgoing_mails (recipient, subject, text, html, status, about, attempts, answer,
        sent_at, created_at)
       values ('ada@forecourt.example', $1, $2, $3, $4, 'password', 1, '250 2.0.0 Ok: queued',
         now(), now()) returning id`,
      [subject, TEXT, html, status],
    )
    return String(rows[0]?.id)
  }
  const openMail = async (id: string, on = browser): Promise<Page> => {
    const page = await signedIn(forecourt, on, 'admin', `/collections/outgoing-mails/${id}`)
    await page.locator('.mail-preview__letter').waitFor()
    await page.locator('#field-status').waitFor()
    return page
  }
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

  it('shows a mail as whoever gets it sees it, and says that its links are hidden', async () => {
    const page = await openMail(await saveMail({ subject: 'Choose a new password' }))
    const letter = page.getByRole('article', { name: 'E-mail: Choose a new password' })
    expect(await letter.locator('.mail-preview__head').innerText()).toContain(
      'ada@forecourt.example',
    )
    const drawn = page.frameLocator('.mail-preview__drawn')
    await drawn.getByRole('heading', { name: 'A new password' }).waitFor()
    expect(
      await drawn.locator('a').evaluate((button) => getComputedStyle(button).backgroundColor),
    ).toBe('rgb(15, 91, 110)')
    await letter.getByRole('note').waitFor()
    await letter.getByRole('button', { name: 'Text only' }).click()
    const text = await letter.locator('.mail-preview__text').innerText()
    expect(text).toContain('somebody asked for a new password')
    expect(text).not.toContain('a-secret-token')
    await page.screenshot({ path: `${SCREENSHOTS}/outbox-text.png`, fullPage: true })
    await page.close()
  })

  it('shows a mail without HTML as its text', async () => {
    const page = await openMail(await saveMail({ subject: 'Plain', html: null }))
    await page.locator('.mail-preview__text').getByText('Hello Ada').waitFor()
    expect(await page.locator('.mail-preview iframe, .mail-preview__ways').count()).toBe(0)
    await page.close()
  })

  it('fetches nothing that a mail points to, and runs no script of it', async () => {
    const requested: string[] = []
    const peer = await listenOnLoopback(
      (req, res) => void (requested.push(String(req.url)), res.end()),
    )
    const address = `http://127.0.0.1:${peer.port}`
    const bait = `<h1>Look</h1><img src="${address}/pixel.png"><link rel="stylesheet" href="${address}/style.css">
      <iframe src="${address}/frame"></iframe><meta http-equiv="refresh" content="0;url=${address}/refresh">
      <img src="data:," onerror="parent.__ran=1"><script>parent.__ran=1;top.__ran=1</script><form action="${address}/form"><button>Send</button></form>`
    const page = await openMail(await saveMail({ subject: 'Bait', html: bait }))
    const drawn = page.frameLocator('.mail-preview__drawn')
    await drawn.getByRole('heading', { name: 'Look' }).waitFor()
    expect(await drawn.getByRole('button').count()).toBe(0)
    await browser.untilIdle(page)
    expect(requested).toEqual([])
    expect(await page.evaluate(() => '__ran' in globalThis)).toBe(false)
    expect(browser.complaints).toEqual([])
    await page.close()
    await peer.close()
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is drawn in %s at a width of %d', async (scheme, width) => {
    for (const status of ['waiting', 'refused', 'uncertain', 'failed'])
      await saveMail({ subject: `It is ${status}`, status })
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openMail(await saveMail({ subject: 'Choose a new password' }), other)
      await page.setViewportSize({ width, height: 844 })
      expect(await fits(page)).toBe(true)
      await page.screenshot({
        path: `${SCREENSHOTS}/outbox-${scheme}-${width}.png`,
        fullPage: true,
      })
      await page.goto(`${forecourt.origin}/admin/collections/outgoing-mails`)
      await page.locator('td.cell-status').first().waitFor()
      await page.screenshot({
        path: `${SCREENSHOTS}/outbox-list-${scheme}-${width}.png`,
        fullPage: true,
      })
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leaves nothing else in the console', () => expect(browser.complaints).toEqual([]))
})
