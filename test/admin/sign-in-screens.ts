import type { Page } from 'playwright-core'
import { type OidcPeer, openOidcPeer } from '../support/oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings } from '../support/oidc-stage.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'

/**
 * Opens the panel beside a provider that asks whoever comes; with the settings that the description
 * is about.
 */
export async function openPanelSignIn(
  environment: Record<string, string> = {},
): Promise<{ forecourt: PanelForecourt; peer: OidcPeer }> {
  const peers: OidcPeer[] = []
  const forecourt = await openPanelForecourt({
    environment: async (origin) => {
      const peer = await openOidcPeer([buildCallbackUrl('HOUSE', origin)], { showsForm: true })
      peers.push(peer)
      const settings = {
        OIDC_HOUSE_LABEL: 'the dealership',
        OIDC_ALLOWED_DOMAINS: 'dealer.example',
      }
      return { ...buildProviderSettings('HOUSE', peer), ...settings, ...environment }
    },
  })
  return { forecourt, peer: peers[0] as OidcPeer }
}

/** From the button through the provider into the panel, in a browser that nobody knows yet. */
export async function walkIn(page: Page, origin: string, path = '/admin'): Promise<void> {
  await page.context().clearCookies()
  await page.goto(origin + path)
  await page.getByRole('link', { name: 'Sign in with the dealership' }).click()
  await page.getByRole('heading', { name: 'The provider' }).waitFor()
  await page.getByRole('button').click()
  await page.waitForURL(origin + path)
}
