import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { type AutoDevPeer, startAutoDevPeer, PEER_KEY } from '../support/auto-dev-peer.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import type { Role } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { anAccordMarket } from './market-rows.ts'
import { openTab, signedIn } from './screens.ts'

const SCREENSHOTS = '.test/screenshots'

/**
 * A Forecourt with its panel and a worker, without alert rules, a peer of auto.dev that sells
 * Accords, and a browser.
 */
export type MarketPanel = PanelForecourt & {
  peer: AutoDevPeer
  browser: Browser
  /** The Market tab of a car, as somebody with this role sees it. */
  openCar: (car: { id: string }, role: Role, on?: Browser) => Promise<Page>
  openOverview: (role: Role, on?: Browser) => Promise<Page>
  picture: (page: Page, name: string) => Promise<Buffer>
}

/** Without `autoDev` cars are compared with the stock of competitors. */
export async function openMarketPanel(
  chromium: string,
  { autoDev = true } = {},
): Promise<MarketPanel> {
  const peer = await startAutoDevPeer()
  peer.listings.push(...anAccordMarket())
  const access = {
    AUTODEV_URL: peer.url,
    AUTODEV_API_KEY: PEER_KEY,
    MARKET_ZIP: '64055',
    MARKET_RADIUS_MILES: '120',
  }
  const forecourt = await openPanelForecourt({
    works: true,
    environment: () => Promise.resolve(autoDev ? access : {}),
  })
  await forecourt.sql('delete from market_alert_rules')
  const browser = await openBrowser(chromium)
  await mkdir(SCREENSHOTS, { recursive: true })
  return {
    ...forecourt,
    peer,
    browser,
    openCar: async (car, role, on = browser) => {
      const page = await signedIn(forecourt, on, role, `/collections/inventory/${car.id}`)
      await openTab(page, 'Market')
      await page.locator('.car-market').waitFor()
      return page
    },
    openOverview: async (role, on = browser) => {
      const page = await signedIn(forecourt, on, role, '/market')
      await page.getByRole('heading', { name: 'Market', exact: true }).waitFor()
      return page
    },
    picture: (page, name) =>
      page.screenshot({ path: `${SCREENSHOTS}/market-${name}.png`, fullPage: true }),
    close: async () => {
      await browser.close()
      await forecourt.close()
      await peer.stop()
    },
  }
}

/** Whether nothing of a page is wider than its window. */
export const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

/** The four ways that a screen is looked at. */
export const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const
