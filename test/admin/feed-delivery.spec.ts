import { mkdir, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { enterDealership, saveListedCar } from '../support/feeds.ts'
import type { Role } from '../support/forecourt.ts'
import { findFtpServer, type FtpPeer, openFtpServer } from '../support/ftp-peer.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, save, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium && findFtpServer() ? describe : describe.skip)('the delivery of a feed', () => {
  let peer: FtpPeer
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    peer = await openFtpServer()
    forecourt = await openPanelForecourt({
      works: true,
      environment: async () => ({ FEED_ALLOWED_SERVERS: `127.0.0.1:${peer.port}` }),
    })
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
    await enterDealership(forecourt)
    for (let saved = 0; saved < 4; saved++) await saveListedCar(forecourt)
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
    await peer.close()
  })

  async function openFeed(feed: FeedName, role: Role = 'manager'): Promise<Page> {
    const { rows } = await forecourt.sql('select id from export_feeds where feed = $1', [feed])
    const page = await signedIn(
      forecourt,
      browser,
      role,
      `/collections/export-feeds/${String(rows[0]?.id)}`,
    )
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor()
    return page
  }

  async function choose(page: Page, delivery: string): Promise<void> {
    await page.locator('#field-delivery .rs__control').click()
    await page.locator('.rs__option', { hasText: delivery }).first().click()
  }

  async function photograph(page: Page, name: string): Promise<void> {
    for (const [colorScheme, width] of LOOKS) {
      await page.evaluate(
        (theme) => document.documentElement.setAttribute('data-theme', theme),
        colorScheme,
      )
      await page.setViewportSize({ width: width === 390 ? 390 : 1440, height: 900 })
      await untilStill(page)
      const path = `${SCREENSHOTS}/delivery-${name}-${colorScheme}-${width}.png`
      await page.screenshot({ path, fullPage: true })
      expect([name, colorScheme, width, await fits(page)]).toEqual([name, colorScheme, width, true])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  const findRow = (page: Page, state: string) =>
    page.locator('.feed-delivery__table tbody tr', { hasText: state }).first()

  it('asks only for what the chosen way needs', async () => {
    const page = await openFeed('google')
    await page.getByRole('heading', { level: 1, name: 'Google vehicle listings' }).waitFor()
    await page.getByText('Choose how the receiver gets the file.').waitFor()
    expect(await page.getByRole('button', { name: 'Deliver now' }).isDisabled()).toBe(true)
    expect(await page.locator('#field-host').count()).toBe(0)
    await choose(page, 'SFTP')
    await page.locator('#field-hostKey').waitFor()
    await page.getByLabel('Private key').waitFor()
    await page.getByText('Save your changes first.').waitFor()
    await choose(page, 'FTP')
    await page.locator('#field-host').waitFor()
    await page.locator('#field-hostKey').waitFor({ state: 'detached' })
    expect(await page.locator('#field-certificate').count()).toBe(0)
    await page.close()
  })

  it('by FTP is set up, tested and made by hand', async () => {
    const page = await openFeed('dealer-center')
    await choose(page, 'FTP')
    await page.locator('#field-host').fill('127.0.0.1')
    await page.locator('#field-port').fill(String(peer.port))
    await page.locator('#field-userName').fill(peer.user)
    await page.locator('#field-folder').fill('incoming')
    expect(await save(page)).toBe(200)
    await page.getByLabel('Password (none stored)').fill('wrong')
    await page.getByRole('button', { name: 'Store the password' }).click()
    await page.getByText('The credentials of DealerCenter are stored.').waitFor()
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByRole('alert').getByText('refused to sign in as anonymous').waitFor()
    await photograph(page, 'wrong-password')

    const password = page.getByLabel('Password (stored')
    expect(await password.inputValue()).toBe('')
    await password.fill(peer.password)
    await password.press('Enter')
    await page.getByText('The credentials of DealerCenter are stored.').waitFor()
    expect(await password.inputValue()).toBe('')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByRole('status').getByText('The folder has 0 files.').waitFor()

    await page.getByRole('button', { name: 'Deliver now' }).click()
    await findRow(page, 'Delivered').getByText('+4 −0').waitFor()
    expect(await readdir(peer.incoming)).toHaveLength(1)
    expect(await page.content()).not.toContain(peer.password)
    await photograph(page, 'delivered')
    await page.close()
  })

  it('that lost half of its cars is held, shows the differences, and is released', async () => {
    await forecourt.sql('delete from inventory where id in (select id from inventory limit 2)')
    const page = await openFeed('dealer-center')
    await page.getByRole('button', { name: 'Deliver now' }).click()
    const held = findRow(page, 'Held')
    await held.getByText('50 % fewer').waitFor()
    await photograph(page, 'held')
    const viewer = await openFeed('dealer-center', 'viewer')
    await findRow(viewer, 'Held').waitFor()
    const buttons = viewer.locator('.feed-delivery').getByRole('button')
    expect(await buttons.count()).toBe(0)
    expect(await viewer.getByLabel('Password').count()).toBe(0)
    await viewer.close()
    await page.close()

    const again = await openFeed('dealer-center')
    await findRow(again, 'Held').getByRole('link', { name: '+0 −2' }).click()
    await again.getByText('Changed cars').waitFor()
    const change = again.locator('tr', { hasText: 'Removed' })
    expect(await change.count()).toBe(2)
    await change.first().getByText('$24,500').waitFor()
    await photograph(again, 'differences')
    await again.goBack()
    await findRow(again, 'Held').getByRole('button', { name: 'Send it', exact: true }).click()
    await again.getByText('DealerCenter is being sent.').waitFor()
    await eventually(() => again.locator('.feed-delivery__state--delivered').count(), 2)
    await again.close()
  })

  it('has a secret address that is shown once, and is replaced only after a question', async () => {
    const page = await openFeed('google')
    await choose(page, 'Fetched from our address')
    expect(await save(page)).toBe(200)
    await page.getByRole('button', { name: 'Deliver now' }).click()
    await findRow(page, 'Delivered').waitFor()
    await page.getByRole('button', { name: 'New pull address' }).click()
    const address = page.locator('.feed-delivery__address')
    const first = await address.inputValue()
    expect((await fetch(first)).status).toBe(200)
    await photograph(page, 'address')
    await page.reload()
    await page.getByRole('button', { name: 'New pull address…' }).click()
    expect(await address.count()).toBe(0)
    await page.getByText('The address that the receiver has stops working.').waitFor()
    await page.getByRole('button', { name: 'Replace it' }).click()
    const second = await address.inputValue()
    expect((await fetch(first)).status).toBe(404)
    expect((await fetch(second)).status).toBe(200)
    await page.close()
  })
})
