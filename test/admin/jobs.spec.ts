import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type Role, saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { queueJob, waitUntil } from '../support/work.ts'
import { aWeek, rowOf, savePast, sectionOf, widthsOf } from './jobs-rows.ts'
import { eventually, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of the jobs, in a browser', () => {
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

  const openJobs = async (role: Role, on = browser): Promise<Page> => {
    const page = await signedIn(forecourt, on, role, '/jobs')
    await page.getByText('Live', { exact: true }).waitFor()
    return page
  }
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: `${SCREENSHOTS}/jobs-${name}.png`, fullPage: true })

  it('draws a bar for each run of the time that is chosen, which leads to the run', async () => {
    const [, old = ''] = await savePast(forecourt, [
      { job: 'prune-sessions', minutesAgo: 60 },
      { job: 'prune-sessions', minutesAgo: 60 * 30, error: 'Error: no space left' },
      { job: 'prune-sessions', minutesAgo: 60 * 12, seconds: 3600 },
    ])
    const page = await openJobs('viewer')
    const bars = page.locator('.timeline__run[aria-label^="Prune sessions"]')
    await eventually(() => bars.count(), 2)
    const [brief, long] = await widthsOf(bars)
    expect([brief, Number(long) > 20]).toEqual([3, true])
    await page.getByRole('button', { name: 'The last 7 days' }).click()
    await eventually(() => bars.count(), 3)
    const failed = page.locator(`[data-run="${old}"]`)
    expect(await failed.getAttribute('aria-label')).toContain('failed')
    await failed.hover()
    expect(await page.locator('.timeline-tip').innerText()).toContain('no space left')
    await failed.press('Enter')
    await page.waitForURL(`**/admin/collections/job-history/${old}`)
    await page.close()
  })

  it('is walked through with the keyboard: one stop for all bars, arrows between them', async () => {
    const page = await openJobs('viewer')
    const stops = page.locator('.timeline__run[tabindex="0"]')
    const from = await stops.getAttribute('data-run')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-run'))
    // a run that came meanwhile would be the newest
    await page.locator(`[data-run="${from}"]`).focus()
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowDown'])
      if ((await focused()) === from) await page.keyboard.press(key)
    expect(await focused()).not.toBe(from)
    expect(await stops.count()).toBe(1)
    await page.locator('.timeline-tip').waitFor()
    await page.close()
  })

  it(
    'asks for the input of a job, says what the server refuses at the form, and shows the ' +
      'progress live until it is done',
    async () => {
      const page = await openJobs('manager')
      const row = rowOf(page, 'Count slowly')
      await row.getByRole('button', { name: 'Run Count slowly now' }).click()
      await row.getByLabel('Steps').fill('15')
      await row.getByLabel('Note').fill('is this one?')
      await picture(page, 'form')
      await row.getByRole('button', { name: 'Run', exact: true }).click()
      await row.getByText('a note asks nothing').waitFor()
      await row.getByLabel('Note').fill('this one')
      await row.getByRole('button', { name: 'Run', exact: true }).click()
      await row.getByText(/^\d+ of 15$/).waitFor()
      const bar = sectionOf(page, 'Running').getByRole('progressbar', {
        name: 'Progress of Count slowly',
      })
      await bar.waitFor()
      await picture(page, 'running')
      await page.locator('.timeline__run--running').waitFor()
      await row.locator('.queued-run .run-pill--done').waitFor()
      await page.locator('.timeline__run--done[aria-label^="Count slowly"]').waitFor()
      const { rows } = await forecourt.sql(
        `select result from job_history where job_name = 'count-slowly'`,
      )
      expect(rows).toMatchObject([{ result: { steps: 15, note: 'this one' } }])
      await page.close()
    },
  )

  it(
    'keeps a job that failed permanently under Failed jobs, with what it came from, until it ' +
      'is queued ' +
      'again',
    async () => {
      await queueJob(forecourt, 'always-fails')
      const page = await openJobs('manager')
      const given = sectionOf(page, 'Failed jobs')
      await given.getByText('The price tags were not printed.').waitFor()
      expect(await given.locator('.causes p').allInnerTexts()).toEqual([
        'Caused by The printer does not answer.',
        'Caused by connect ECONNREFUSED 127.0.0.1:9100',
      ])
      await picture(page, 'given-up')
      await given.getByRole('button', { name: 'Queue Always fails again' }).click()
      await given.getByText('Always fails is queued again.').waitFor()
      await waitUntil(async () => {
        const { rows } = await forecourt.sql(
          `select dead from job_history where job_name = 'always-fails' order by started_at`,
        )
        return rows.length === 2 && rows[0]?.dead === false && rows[1]?.dead === true
      }, 'the job ran again')
      await eventually(() => given.locator('.given-up__run').count(), 1)
      await page.close()
    },
  )

  it('offers a viewer nothing to run and nothing to queue again', async () => {
    const page = await openJobs('viewer')
    await rowOf(page, 'Count slowly').waitFor()
    await sectionOf(page, 'Failed jobs').getByText('The price tags were not printed.').waitFor()
    expect(await page.getByRole('button', { name: /Run|Queue/ }).count()).toBe(0)
    await page.close()
  })

  it('is for staff: whoever is not signed in is sent to sign in', async () => {
    await saveUser(forecourt.payload, 'viewer')
    await browser.context.clearCookies()
    const page = await browser.open()
    await page.goto(`${forecourt.origin}/admin/jobs`)
    await page.locator('#field-email').waitFor()
    expect(page.url()).toContain(`/admin/login?redirect=${encodeURIComponent('/admin/jobs')}`)
    await page.close()
  })

  it('says in words that the server is away, keeps what it showed, and comes back automatically', async () => {
    const page = await openJobs('viewer')
    await rowOf(page, 'Count slowly').waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'The last 6 hours' }).click()
    await page.getByRole('alert').getByText('The server is not responding.').waitFor()
    expect(await rowOf(page, 'Count slowly').count()).toBe(1)
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'The last 24 hours' }).click()
    await page
      .getByRole('alert')
      .getByText('The server is not responding.')
      .waitFor({ state: 'hidden' })
    browser.complaints.splice(0)
    await page.close()
  })

  it('says that it is not live when its line is broken, and is live again as soon as it can be', async () => {
    const page = await signedIn(forecourt, browser, 'viewer')
    await page.route('**/api/jobs/live', (route) => route.abort())
    await page.goto(`${forecourt.origin}/admin/jobs`)
    await page.getByText('Not live, reconnecting').waitFor()
    await rowOf(page, 'Count slowly').waitFor()
    await page.unroute('**/api/jobs/live')
    await page.getByText('Live', { exact: true }).waitFor()
    browser.complaints.splice(0)
    await page.close()
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is drawn in %s at a width of %d', async (scheme, width) => {
    if (scheme === 'light' && width === 1280) await savePast(forecourt, aWeek())
    await queueJob(forecourt, 'count-slowly', { steps: 150 })
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openJobs('admin', other)
      await page.setViewportSize({ width, height: 844 })
      await sectionOf(page, 'Running').getByRole('progressbar').first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      )
      await picture(page, `${scheme}-${width}`)
      await page.getByRole('button', { name: 'The last 7 days' }).click()
      await page.locator('.timeline__run--dead').last().hover()
      await picture(page, `week-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('is found in the sidebar, under the tables of the system', async () => {
    const page = await signedIn(forecourt, browser, 'viewer')
    await page.click('.nav-toggler')
    await untilStill(page) // it slides in
    await page.locator('#nav-jobs').scrollIntoViewIfNeeded()
    await picture(page, 'sidebar')
    await page.locator('#nav-jobs').click()
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await page.locator('[aria-current=page]#nav-jobs').waitFor()
    await page.close()
  })

  it('leaves nothing in the console but the input that was refused', () => {
    const refused = /: Failed to load resource: the server responded with a status of 400 \(/
    expect(browser.complaints.filter((message) => !refused.test(message))).toEqual([])
  })
})
