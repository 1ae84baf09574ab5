import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Route } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveUser } from '../support/forecourt.ts'
import type { OidcPeer } from '../support/oidc-peer.ts'
import { buildPerson } from '../support/oidc-stage.ts'
import type { PanelForecourt } from '../support/panel.ts'
import { signedIn } from './screens.ts'
import { openPanelSignIn, walkIn } from './sign-in-screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('signing in, in a browser', () => {
  let forecourt: PanelForecourt
  let peer: OidcPeer
  let browser: Browser
  beforeAll(async () => {
    ;({ forecourt, peer } = await openPanelSignIn())
    await saveUser(forecourt.payload, 'admin')
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
    await peer.stop()
  })

  it('leads from the button through the provider into the panel, and out again', async () => {
    peer.signInAs(buildPerson())
    const page = await browser.open()
    await walkIn(page, forecourt.origin)
    await page.getByRole('heading', { name: 'The lot today' }).waitFor()
    const ended = page.waitForResponse((response) => response.url().includes('/api/users/logout'))
    await page.goto(`${forecourt.origin}/admin/logout`)
    expect((await ended).status()).toBe(200)
    await page.goto(`${forecourt.origin}/admin`)
    await page.getByRole('link', { name: 'Sign in with the dealership' }).waitFor()
    await page.close()
  })

  it('leads to the screen that was asked for', async () => {
    peer.signInAs(buildPerson())
    const page = await browser.open()
    await walkIn(page, forecourt.origin, '/admin/collections/inventory')
    await page.getByRole('heading', { name: 'Inventory' }).waitFor()
    await page.close()
  })

  it(
    'ends at the next click when an admin deletes the session, which tells who, with what and ' +
      'since when',
    async () => {
      const person = buildPerson({ name: 'Ann of the Lot' })
      peer.signInAs(person)
      await browser.context.clearCookies()
      const page = await browser.open()
      await walkIn(page, forecourt.origin)
      const other = await openBrowser(String(chromium))
      const admin = await signedIn(forecourt, other, 'admin')
      await admin.goto(`${forecourt.origin}/admin/collections/sessions`)
      const row = admin.locator('tbody tr', { hasText: 'Ann of the Lot' })
      await row.waitFor()
      expect(await row.innerText()).toMatch(/Chrome on Linux[^]*house/)
      await admin.screenshot({ path: `${SCREENSHOTS}/sign-in-sessions.png` })
      await row.locator('input[type=checkbox]').check()
      await admin.getByRole('button', { name: 'Delete' }).click()
      await admin
        .locator('#confirm-delete-many-docs #confirm-action, #confirm-action')
        .first()
        .click()
      await row.waitFor({ state: 'detached' })
      await page.goto(`${forecourt.origin}/admin/collections/inventory`)
      await page.getByRole('link', { name: 'Sign in with the dealership' }).waitFor()
      await other.close()
      await page.close()
    },
  )

  it('shows a problem of the list in its own words, and none that a link makes up', async () => {
    await browser.context.clearCookies()
    const page = await browser.open()
    await page.goto(`${forecourt.origin}/admin/login?problem=expired`)
    await page.getByRole('alert').getByText('more than ten minutes').waitFor()
    await page.goto(`${forecourt.origin}/admin/login?problem=You+won`)
    await page.getByRole('link', { name: 'Sign in with the dealership' }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain('You won')
    await page.close()
  })

  it.each(['/admin/forgot', '/admin/reset/token', '/admin/users/verify/token'])(
    'leads from %s to how a password is reset, and reports no e-mail',
    async (path) => {
      await browser.context.clearCookies()
      const page = await browser.open()
      await page.goto(`${forecourt.origin}${path}`)
      await page.getByText('Passwords cannot be reset by e-mail.').waitFor()
      await page.getByText('npm run admin -- reset-password EMAIL').waitFor()
      expect(await page.locator('input, form, button').count()).toBe(0)
      await page.getByRole('link', { name: 'Back to sign in' }).click()
      await page.getByRole('link', { name: 'Forgot your password?' }).last().waitFor()
      await page.close()
    },
  )

  it('reports a sign-out only when the server ended the session', async () => {
    const page = await signedIn(forecourt, browser, 'viewer')
    const json = { errors: [{ message: 'The database is not available.' }] }
    const away = (route: Route) => route.fulfill({ status: 503, json })
    await page.route('**/api/users/logout', away)
    await page.goto(`${forecourt.origin}/admin/logout`)
    await page.getByRole('heading', { name: 'You are still signed in' }).waitFor()
    await page.getByText('The database is not available.').waitFor()
    await page.unroute('**/api/users/logout', away)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('#field-email').waitFor()
    await page.close()
  })

  it('invites somebody by e-mail, name and role', async () => {
    const page = await signedIn(forecourt, browser, 'admin', '/collections/users')
    await page.getByText('Invite someone').click()
    await page.getByLabel('E-mail address').fill('new@elsewhere.example')
    await page.locator('.invite input[name=name]').fill('Somebody New')
    await page.locator('.invite select').selectOption('manager')
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-invite.png` })
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await page.locator('tbody tr', { hasText: 'new@elsewhere.example' }).waitFor()
    const { rows } = await forecourt.sql(
      `select role, oauth_provider from users where email = 'new@elsewhere.example'`,
    )
    expect(rows).toEqual([{ role: 'manager', oauth_provider: 'invited' }])
    await page.close()
  })

  it('gives somebody new a password where passwords are allowed', async () => {
    const page = await signedIn(forecourt, browser, 'admin', '/collections/users/create')
    await page.locator('#field-email').fill('with-password@dealer.example')
    await page.locator('#field-name').fill('Somebody with a password')
    await page.locator('#field-password').fill('several words of no song')
    await page.locator('#field-confirm-password').fill('several words of no song')
    await page.locator('#action-save').click()
    await page.waitForURL(/users\/[\da-f-]{36}/)
    await page.locator('#change-password').waitFor()
    const { rows } = await forecourt.sql(
      `select oauth_provider from users where email = 'with-password@dealer.example'`,
    )
    expect(rows).toEqual([{ oauth_provider: 'local' }])
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'looks as it should in %s, with nothing wrong in the console',
    async (scheme) => {
      const own = await openBrowser(String(chromium), scheme)
      const page = await own.open()
      await page.goto(`${forecourt.origin}/admin/login?problem=cancelled`)
      await page.locator('#field-email').waitFor()
      await page.screenshot({ path: `${SCREENSHOTS}/sign-in-ways-${scheme}.png` })
      expect(own.complaints).toEqual([])
      await own.close()
    },
  )

  it('goes on for whoever is in while the provider is away', async () => {
    peer.signInAs(buildPerson())
    await browser.context.clearCookies()
    const page = await browser.open()
    await walkIn(page, forecourt.origin)
    await peer.stop()
    await page.goto(`${forecourt.origin}/admin/collections/inventory`)
    await page.getByRole('heading', { name: 'Inventory' }).waitFor()
    await peer.start()
    await page.close()
  })
})
