import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { findChromium, openBrowser } from '../support/browser.ts'
import type { OidcPeer } from '../support/oidc-peer.ts'
import { buildPerson } from '../support/oidc-stage.ts'
import type { PanelForecourt } from '../support/panel.ts'
import { openPanelSignIn, walkIn } from './sign-in-screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the sign-in page where passwords are off', () => {
  let forecourt: PanelForecourt
  let peer: OidcPeer
  beforeAll(async () => {
    ;({ forecourt, peer } = await openPanelSignIn({ LOCAL_PASSWORDS: 'false' }))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    await forecourt.close()
    await peer.stop()
  })

  it.each(['light', 'dark'] as const)('has the buttons and no form, in %s', async (scheme) => {
    const data = { email: `${scheme}@dealer.example`, name: 'First', role: 'admin', isActive: true }
    await forecourt.payload.create({
      collection: 'users',
      data: data as never,
      overrideAccess: true,
    })
    peer.signInAs(buildPerson({ email: data.email }))
    const browser = await openBrowser(String(chromium), scheme)
    const page = await browser.open()
    await page.goto(`${forecourt.origin}/admin`)
    await page.getByText('Ask an admin to invite you').waitFor()
    expect(await page.locator('form, input').count()).toBe(0)
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-no-form-${scheme}.png` })
    await walkIn(page, forecourt.origin)
    await page.getByRole('heading', { name: 'The lot today' }).waitFor()
    await browser.close()
  })
})
