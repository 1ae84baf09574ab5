import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { findChromium, openBrowser } from '../support/browser.ts'
import { saveCar } from '../support/builders.ts'
import { sectionOf } from './jobs-rows.ts'
import { analysedCar, saveWeeks, sellsToo } from './market-rows.ts'
import { fits, LOOKS, type MarketPanel, openMarketPanel } from './market-screens.ts'
import { eventually } from './screens.ts'

const chromium = findChromium()

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the market of a car, in a browser', () => {
  let panel: MarketPanel
  let dear: Inventory

  beforeAll(async () => {
    panel = await openMarketPanel(String(chromium))
    dear = await analysedCar(panel, { price: 29_900 })
    await saveWeeks(panel, dear)
  })
  afterAll(() => panel.close())

  const marketOf = async (car: { id: string }, price = '') =>
    (await (await panel.as('viewer')).get(`/api/inventory/${car.id}/market${price}`).expect(200))
      .body

  it('says where its price stands, in the words and figures of the API', async () => {
    const { analysis } = await marketOf(dear)
    const page = await panel.openCar(dear, 'manager')
    const standing = sectionOf(page, 'Market position')
    await standing.getByText(analysis.explanation).waitFor()
    expect(await standing.locator('.status-pill').innerText()).toBe('High')
    const figures = await standing.locator('dd').allInnerTexts()
    expect(figures[0]).toBe(`${analysis.priceToMarket.toFixed(1)}%`)
    expect(figures[2]).toContain(`${analysis.rank.position} of ${analysis.rank.of}`)
    const source = await standing.locator('.standing__source').innerText()
    expect(source).toContain('From auto.dev, today')
    expect(source).toContain('Honda Accord, 2021, 10,000 to 50,000 mi, within 120 mi of 64055')
    await page.close()
  })

  it(
    'draws a dot for each compared car with our price marked, and tells the same as a table ' +
      'with ours in its place',
    async () => {
      const { analysis } = await marketOf(dear)
      const page = await panel.openCar(dear, 'viewer')
      await page.locator('.distribution__dots circle').first().waitFor()
      expect(await page.locator('.distribution__dots circle').count()).toBe(
        analysis.figures.sampleSize,
      )
      const drawing = page.getByRole('img', { name: /^18 cars from/ })
      expect(await drawing.getAttribute('aria-label')).toContain('Ours $29,900')
      const rows = page.locator('.comparable-cars tbody tr')
      expect(await rows.count()).toBe(20)
      expect(await rows.nth(18).innerText()).toContain('Ours')
      expect(await rows.nth(19).innerText()).toContain('excluded: its price is far from the others')
      const [link] = await page.locator('.comparable-cars a').all()
      expect(await link?.getAttribute('href')).toMatch(/^https:\/\/example\.com\//)
      await page.close()
    },
  )

  it('draws the prices over time, and has them as a table, the newest first', async () => {
    const page = await panel.openCar(dear, 'viewer')
    await page.locator('.price-chart canvas').waitFor()
    expect(await page.locator('.price-chart .u-legend').innerText()).toContain('$29,900')
    await page.getByText('Show as a table').click()
    const rows = page.locator('.price-history__table tbody tr')
    expect(await rows.count()).toBe(8)
    expect(await rows.first().innerText()).toContain('$29,900')
    expect(await rows.last().innerText()).toContain('$27,900')
    await page.close()
  })

  it('answers what another price would be while it is typed', async () => {
    const page = await panel.openCar(dear, 'viewer')
    await page.getByLabel('Another price').fill('twelve')
    await page.getByText('Enter an amount, such as 24500').waitFor()
    await page.getByLabel('Another price').fill('$25,000')
    const { whatIf } = await marketOf(dear, '?price=25000')
    await page.getByText(whatIf.explanation).waitFor()
    expect(await page.locator('.what-if__answer').innerText()).toContain('Competitive')
    await page.locator('.distribution__line.distribution__mark--if').waitFor({ state: 'attached' })
    await panel.picture(page, 'what-if')
    await page.close()
  })

  it('sorts the compared cars by the column that is chosen, ours among them', async () => {
    const page = await panel.openCar(dear, 'viewer')
    const rows = page.locator('.comparable-cars tbody tr')
    const heads = page.locator('.comparable-cars thead th')
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
    await rows.first().waitFor()
    expect(await head('Price').getAttribute('aria-sort')).toBe('ascending')
    await head('Mileage').getByRole('button').press('Enter')
    await head('Mileage').getByRole('button').press('Enter')
    expect(await head('Mileage').getAttribute('aria-sort')).toBe('descending')
    expect(await heads.and(page.locator('[aria-sort]')).count()).toBe(1)
    const miles = await rows.locator('[data-label=Mileage]').allInnerTexts()
    const numbers = miles.map((text) => Number(text.replaceAll(/\D/g, '')))
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one))
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByLabel('Sorted by').selectOption('Price')
    expect(await rows.last().innerText()).toContain('excluded: its price is far from the others')
    await page.close()
  })

  it('is analysed on the spot, and shows how that goes and what it came to', async () => {
    const car = await saveCar(panel.payload, { price: 22_000, mileage: 30_000 })
    const page = await panel.openCar(car, 'manager')
    await page.getByText('This car has not been compared with the market yet.').waitFor()
    await panel.picture(page, 'not-yet')
    await page.getByRole('button', { name: 'Analyze now' }).click()
    await page.locator('.queued-run').waitFor()
    await page.locator('.queued-run .run-pill--done').waitFor()
    await sectionOf(page, 'Market position').getByText('Low', { exact: true }).first().waitFor()
    expect(await marketOf(car)).toMatchObject({
      analysis: { source: 'auto.dev', recommendation: 'low' },
    })
    await panel.picture(page, 'analysed')
    await page.close()
  })

  it('says of a source that refuses what it said, and leaves what was known', async () => {
    const page = await panel.openCar(dear, 'manager')
    panel.peer.always({ status: 402, body: { currentPlan: 'Starter', requiredPlan: 'Growth' } })
    await page.getByRole('button', { name: 'Analyze now' }).click()
    await page.locator('.queued-run').getByText('which requires the Growth plan').waitFor()
    panel.peer.always(null)
    await page.getByText(/The last comparison failed .*which requires the Growth plan/).waitFor()
    await page
      .getByText('It will not be retried. To retry immediately, click “Analyze now”.')
      .waitFor()
    expect(await page.locator('.standing__verdict .status-pill').innerText()).toBe('High')
    await page.close()
  })

  it('says with too few cars why, and what helps', async () => {
    sellsToo(panel.peer, 'Insight', 3)
    const page = await panel.openCar(
      await analysedCar(panel, { model: 'Insight', titleStatus: 'Rebuilt' }),
      'viewer',
    )
    await page
      .getByText(
        'No cars like this one are for sale (all trims, same and adjacent years, within 70,000 ' +
          'miles); at least 5 are needed to estimate the market price.',
      )
      .waitFor()
    await page
      .getByText(
        'This car has a branded title, so it is compared only with other cars with branded titles.',
      )
      .waitFor()
    await page.getByText('Excluded: 3 with a different title type (branded or clean).').waitFor()
    await panel.picture(page, 'too-few')
    await page.close()
  })

  it('offers a viewer nothing to change', async () => {
    const page = await panel.openCar(dear, 'viewer')
    await page.getByLabel('Another price').fill('25000')
    await page.locator('.what-if__answer').waitFor()
    expect(await page.getByRole('button', { name: /Analyze|Apply/ }).count()).toBe(0)
    await page.close()
  })

  it('is told of a car that is sold, too, which is analysed no more', async () => {
    const page = await panel.openCar(await saveCar(panel.payload, { status: 'sold' }), 'manager')
    await page.getByText('This car was sold before it was compared with the market.').waitFor()
    expect(await page.getByRole('button', { name: 'Analyze now' }).count()).toBe(0)
    await page.close()
  })

  it.each(LOOKS)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await panel.openCar(dear, 'admin', other)
      await page.setViewportSize({ width, height: 844 })
      await page.locator('.price-chart canvas').waitFor()
      await page.getByRole('img', { name: /^18 cars from/ }).waitFor()
      await eventually(() => fits(page), true)
      await panel.picture(page, `car-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leaves nothing in the console', () => {
    expect(panel.browser.complaints).toEqual([])
  })
})
