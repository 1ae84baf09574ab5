import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { type AutoDevPeer, autoDevPeer, PEER_KEY } from '../support/auto-dev-peer.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { type Role, saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { sectionOf } from './jobs-rows.ts'
import { anAccordMarket, analysedCar, saveRule, saveWeeks, sellsToo } from './market-rows.ts'
import { eventually, openTab, save, signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the market, in a browser', () => {
  let peer: AutoDevPeer
  let forecourt: PanelForecourt
  let browser: Browser
  let dear: Inventory

  beforeAll(async () => {
    peer = await autoDevPeer()
    peer.listings.push(...anAccordMarket())
    const environment = { AUTODEV_URL: peer.url, AUTODEV_API_KEY: PEER_KEY, MARKET_ZIP: '64055', MARKET_RADIUS_MILES: '120' }
    forecourt = await openPanelForecourt({ works: true, environment: () => Promise.resolve(environment) })
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
    await saveRule(forecourt)
    dear = await analysedCar(forecourt, { price: 29_900 })
    await saveWeeks(forecourt, dear)
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
    await peer.stop()
  })

  const openMarketOf = async (car: { id: string }, role: Role, on = browser): Promise<Page> => {
    const page = await signedIn(forecourt, on, role)
    await page.goto(`${forecourt.origin}/admin/collections/inventory/${car.id}`)
    await openTab(page, 'Market')
    await page.locator('.car-market').waitFor()
    return page
  }
  const openOverview = async (role: Role, on = browser): Promise<Page> => {
    const page = await signedIn(forecourt, on, role)
    await page.goto(`${forecourt.origin}/admin/market`)
    await page.getByRole('heading', { name: 'Market', exact: true }).waitFor()
    return page
  }
  const picture = (page: Page, name: string) => page.screenshot({ path: `${SCREENSHOTS}/market-${name}.png`, fullPage: true })
  const marketOf = async (car: { id: string }, price = '') => {
    const { body } = await (await forecourt.as('viewer')).get(`/api/inventory/${car.id}/market${price}`).expect(200)
    return body
  }

  it('says on the car where its price stands, in the words and figures of the API', async () => {
    const { analysis } = await marketOf(dear)
    const page = await openMarketOf(dear, 'manager')
    const standing = sectionOf(page, 'Where the price stands')
    await standing.getByText(analysis.explanation).waitFor()
    expect(await standing.locator('.status-pill').innerText()).toBe('High')
    const figures = await standing.locator('dd').allInnerTexts()
    expect(figures[0]).toBe(`${analysis.priceToMarket.toFixed(1)}\u00a0%`)
    expect(figures[2]).toContain(`${analysis.rank.position} of ${analysis.rank.of}`)
    const source = await standing.locator('.standing__source').innerText()
    expect(source).toContain('From auto.dev, today')
    expect(source).toContain('Honda Accord of 2021, 10,000 to 50,000 mi, within 120 mi of 64055')
    await page.close()
  })

  it('draws a dot for each compared car with our price marked, and tells the same as a table with ours in its place', async () => {
    const { analysis } = await marketOf(dear)
    const page = await openMarketOf(dear, 'viewer')
    await page.locator('.distribution__dots circle').first().waitFor()
    expect(await page.locator('.distribution__dots circle').count()).toBe(analysis.figures.sampleSize)
    const drawing = page.getByRole('img', { name: /^18 cars from/ })
    expect(await drawing.getAttribute('aria-label')).toContain('Ours $29,900')
    const rows = page.locator('.comparable-cars tbody tr')
    expect(await rows.count()).toBe(20)
    expect(await rows.nth(18).innerText()).toContain('Ours')
    expect(await rows.nth(19).innerText()).toContain('left out: its price is far from the others')
    const [link] = await page.locator('.comparable-cars a').all()
    expect(await link?.getAttribute('href')).toMatch(/^https:\/\/example\.com\//)
    await page.close()
  })

  it('draws the prices over time, and has them as a table, the newest first', async () => {
    const page = await openMarketOf(dear, 'viewer')
    await page.locator('.price-chart canvas').waitFor()
    await page.getByText('The same as a table').click()
    const rows = page.locator('.price-history__table tbody tr')
    expect(await rows.count()).toBe(8)
    expect(await rows.first().innerText()).toContain('$29,900')
    expect(await rows.last().innerText()).toContain('$27,900')
    await page.close()
  })

  it('answers what another price would be while it is typed, and puts it into the form for a manager, who saves it', async () => {
    const car = await analysedCar(forecourt, { price: 29_000 })
    const page = await openMarketOf(car, 'manager')
    await page.getByLabel('Another price in dollars').fill('twelve')
    await page.getByText('Dollars such as 24500').waitFor()
    await page.getByLabel('Another price in dollars').fill('$25,000')
    const { whatIf } = await marketOf(car, '?price=25000')
    await page.getByText(whatIf.explanation).waitFor()
    expect(await page.locator('.what-if__answer').innerText()).toContain('Competitive')
    await page.locator('.distribution__mark--if').waitFor()
    await picture(page, 'what-if')
    await page.getByRole('button', { name: 'Take $25,000' }).click()
    await page.getByText('It is in the form. Save to keep it.').waitFor()
    expect(await save(page)).toBe(200)
    await eventually(() => page.locator('.standing__verdict strong').innerText(), '$25,000')
    expect(await marketOf(car)).toMatchObject({ car: { price: 25_000 }, analysis: { recommendation: 'competitive' } })
    await page.close()
  })

  it('analyses a car on the spot, and shows how that goes and what it came to', async () => {
    const car = await saveCar(forecourt.payload, { price: 22_000, mileage: 30_000 })
    const page = await openMarketOf(car, 'manager')
    await page.getByText('This car was not compared with the market yet.').waitFor()
    await picture(page, 'not-yet')
    await page.getByRole('button', { name: 'Analyse now' }).click()
    await page.locator('.queued-run').waitFor()
    await page.locator('.queued-run .run-pill--done').waitFor()
    await sectionOf(page, 'Where the price stands').getByText('Low', { exact: true }).first().waitFor()
    expect(await marketOf(car)).toMatchObject({ analysis: { source: 'auto.dev', recommendation: 'low' } })
    await picture(page, 'analysed')
    await page.close()
  })

  it('says of a source that refuses what it said, and leaves what was known', async () => {
    const page = await openMarketOf(dear, 'manager')
    peer.always({ status: 402, body: { currentPlan: 'Starter', requiredPlan: 'Growth' } })
    await page.getByRole('button', { name: 'Analyse now' }).click()
    await page.locator('.queued-run').getByText('it takes Growth').waitFor()
    peer.always(null)
    expect(await page.locator('.standing__verdict .status-pill').innerText()).toBe('High')
    await page.close()
  })

  it('says with too few cars why, and what helps', async () => {
    sellsToo(peer, 'Insight', 3)
    const page = await openMarketOf(await analysedCar(forecourt, { model: 'Insight', titleStatus: 'Rebuilt' }), 'viewer')
    await page.getByText('No car like this one for sale; it takes 5 to say what the market asks.').waitFor()
    await page.getByText('Its title is branded, so it is compared with branded ones alone.').waitFor()
    await page.getByText('Left out: 3 with a title of the other kind, branded or clean.').waitFor()
    await picture(page, 'too-few')
    await page.close()
  })

  it('offers a viewer nothing to change', async () => {
    const page = await openMarketOf(dear, 'viewer')
    await page.getByLabel('Another price in dollars').fill('25000')
    await page.locator('.what-if__answer').waitFor()
    expect(await page.getByRole('button', { name: /Analyse|Take/ }).count()).toBe(0)
    await page.goto(`${forecourt.origin}/admin/market`)
    await page.getByText('Far too dear').waitFor()
    expect(await page.locator('.open-alert').count()).toBe(1)
    expect(await page.getByRole('button', { name: /^Dismiss/ }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Add a rule' }).count()).toBe(0)
    await page.close()
  })

  it('leads from the counts to the lists, and from there to the cars', async () => {
    sellsToo(peer, 'Civic', 6)
    const cheap = await analysedCar(forecourt, { model: 'Civic', price: 15_000 })
    await forecourt.sql(
      `update market_research_results set last_analyzed_at = now() - interval '9 days' where inventory_id = $1`,
      [cheap.id],
    )
    const page = await openOverview('manager')
    const tile = (name: string) => page.getByRole('navigation', { name: 'Cars by where they stand' }).getByRole('link', { name })
    await tile('Overpriced').waitFor()
    const { body } = await (await forecourt.as('viewer')).get('/api/market/overview').expect(200)
    for (const [name, key] of Object.entries({ Overpriced: 'overpriced', Underpriced: 'underpriced', Stale: 'stale' }))
      expect(await tile(name).innerText()).toContain(String(body[key].count))
    expect(await sectionOf(page, 'Stale').getByRole('row').count()).toBe(2)
    await tile('Underpriced').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/admin/market#market-underpriced')
    await picture(page, 'overview')
    await sectionOf(page, 'Underpriced').getByRole('link', { name: /Civic/ }).click()
    await page.waitForURL(`**/admin/collections/inventory/${cheap.id}`)
    await page.close()
  })

  it('lets a manager dismiss an alert, which then is gone and stays dismissed', async () => {
    const page = await openOverview('manager')
    const alerts = sectionOf(page, 'Open alerts')
    await alerts.locator('.open-alert').first().waitFor()
    const open = await alerts.locator('.open-alert').count()
    await alerts.getByRole('button', { name: /\$29,900/ }).click()
    await eventually(() => alerts.locator('.open-alert').count(), open - 1)
    const { rows } = await forecourt.sql(`select dismissed from storage_alerts where metadata ->> 'inventory' = $1`, [dear.id])
    expect(rows).toEqual([{ dismissed: true }])
    await page.close()
  })

  it('is for staff: whoever is not signed in is sent to sign in', async () => {
    await saveUser(forecourt.payload, 'viewer')
    await browser.context.clearCookies()
    const page = await browser.open()
    await page.goto(`${forecourt.origin}/admin/market`)
    await page.locator('#field-email').waitFor()
    expect(page.url()).toContain(`/admin/login?redirect=${encodeURIComponent('/admin/market')}`)
    await page.close()
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      if (scheme === 'light' && width === 1280) await analysedCar(forecourt, { price: 31_500 })
      const page = await openMarketOf(dear, 'admin', other)
      const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
      await page.setViewportSize({ width, height: 844 })
      await page.locator('.price-chart canvas').waitFor()
      await page.locator('.distribution__mark--ours').waitFor()
      await picture(page, `car-${scheme}-${width}`)
      expect(await fits()).toBe(true)
      await page.goto(`${forecourt.origin}/admin/market`)
      await page.locator('.open-alert').first().waitFor()
      await page.locator('.standing-table').first().waitFor()
      await picture(page, `overview-${scheme}-${width}`)
      expect(await fits()).toBe(true)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('is found in the sidebar, beside the jobs', async () => {
    const page = await signedIn(forecourt, browser, 'viewer')
    await page.click('.nav-toggler')
    await page.waitForTimeout(500) // it slides in
    await page.locator('#nav-market').scrollIntoViewIfNeeded()
    await picture(page, 'sidebar')
    await page.locator('#nav-market').click()
    await page.getByRole('heading', { name: 'Market', exact: true }).waitFor()
    await page.locator('[aria-current=page]#nav-market').waitFor()
    await page.close()
  })

  it('leaves nothing in the console', () => {
    expect(browser.complaints).toEqual([])
  })
})
