import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import type { OidcPeer } from '../support/oidc-peer.ts'
import { buildPerson } from '../support/oidc-stage.ts'
import type { PanelForecourt } from '../support/panel.ts'
import { openScreen } from './screens.ts'
import { openPanelSignIn, walkIn } from './sign-in-screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('staff in the panel, where passwords are off', () => {
  let forecourt: PanelForecourt
  let peer: OidcPeer
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    ;({ forecourt, peer } = await openPanelSignIn({ LOCAL_PASSWORDS: 'false' }))
    await mkdir(SCREENSHOTS, { recursive: true })
    const data = { email: 'first@dealer.example', name: 'First', role: 'admin', isActive: true }
    await forecourt.payload.create({
      collection: 'users',
      data: data as never,
      overrideAccess: true,
    })
    peer.signInAs(buildPerson({ email: data.email }))
    browser = await openBrowser(String(chromium))
    page = await browser.open()
    await walkIn(page, forecourt.origin)
    browser.complaints.length = 0 // those of the provider's own page
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
    await peer.stop()
  })

  it('are invited by the form for a new one, which asks for no password', async () => {
    await page.goto(`${forecourt.origin}/admin/collections/users`)
    await page.locator('.list-create-new-doc__create-new-button').click()
    await page.getByRole('heading', { name: 'Invite someone' }).waitFor()
    expect(await page.locator('input[type=password], #field-password').count()).toBe(0)
    await page.getByLabel('E-mail address').fill('second@elsewhere.example')
    await page.locator('.invite input[name=name]').fill('Second')
    await page.locator('.invite select').selectOption('manager')
    await page.screenshot({ path: `${SCREENSHOTS}/users-invite-only.png` })
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await page.getByText('second@elsewhere.example has been invited.').waitFor()
    const { rows } = await forecourt.sql(
      `select role, oauth_provider from users where email = 'second@elsewhere.example'`,
    )
    expect(rows).toEqual([{ role: 'manager', oauth_provider: 'invited' }])
  })

  it('are changed without a way to give them a password', async () => {
    const { rows } = await forecourt.sql(
      `select id from users where email = 'first@dealer.example'`,
    )
    const user = `${forecourt.origin}/admin/collections/users/${rows[0].id as string}`
    await openScreen(browser, page, user)
    await page.locator('#field-name').fill('First of all')
    expect(await page.locator('#change-password').isVisible()).toBe(false)
    expect(await page.locator('input[type=password]').count()).toBe(0)
    await page.locator('#action-save').click()
    await page.getByText('Updated successfully.').waitFor()
    const saved = await forecourt.sql('select name from users where id = $1', [rows[0].id])
    expect(saved.rows).toEqual([{ name: 'First of all' }])
  })

  it('leave nothing wrong in the console', () => {
    expect(browser.complaints).toEqual([])
  })
})
