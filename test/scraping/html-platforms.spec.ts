import { describe, expect, it } from '@jest/globals'
import { dealerCenter } from '../../plugins/scraping/platforms/dealer-center/index.ts'
import { dealersync } from '../../plugins/scraping/platforms/dealersync/index.ts'
import { expectFound, buildPage, expectProblem, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const inventory = (platform: 'dealer-center' | 'dealersync', change = (body: string) => body) => {
  const page = readSavedPage(`${platform}/fixtures/inventory.html`, {
    request: { url: 'https://riverside.example/inventory?page_no=2' },
  })
  return { ...page, body: change(page.body) }
}

describe('a DealerCenter page', () => {
  it('gives the cars of its cards', () => {
    expect(
      expectFound(dealerCenter.read(inventory('dealer-center'), {}, IN_DOLLARS)).listings,
    ).toMatchObject([
      {
        vin: '1C4PJMBXXJD592546',
        stockNumber: '592546',
        year: 2018,
        make: 'Jeep',
        model: 'Cherokee',
        trim: 'Trailhawk',
        priceCents: 1_899_500,
        mileage: 64_120,
        exteriorColor: 'Gray',
        drivetrain: '4WD',
        engine: '3.2L V6',
        url: 'https://riverside.example/inventory/jeep/cherokee/2018/592546',
      },
      {
        vin: 'WDC0G8EB1LV225517',
        make: 'Mercedes-Benz',
        model: 'GLC',
        trim: 'AMG 43',
        priceCents: 3_845_000,
        stockNumber: null,
      },
    ])
  })

  it('leads on by its chevron to the next page, not by that to the one before', () => {
    const next = (change?: (body: string) => string) =>
      expectFound(dealerCenter.read(inventory('dealer-center', change), {}, IN_DOLLARS)).next.map(
        ({ url }) => url,
      )
    expect(next()).toEqual(['https://riverside.example/inventory?page_no=3'])
    expect(
      next((body) => body.replace('aria-label="Next"', 'aria-label="Next" aria-disabled="true"')),
    ).toEqual([])
    expect(next((body) => body.replace(/<li><a[^>]*Next.*/, ''))).toEqual([])
    expect(next((body) => body.replace('href="/inventory?page_no=3"', 'href="#"'))).toEqual(
      ['https://riverside.example/inventory?page_no=2'].slice(1),
    )
  })

  it('that says what its addresses are relative to is believed', () => {
    const moved = (body: string) =>
      body
        .replace('<body>', '<head><base href="/lot/"></head><body>')
        .replaceAll('href="/inventory?', 'href="inventory?')
        .replaceAll('href="/inventory/', 'href="cars/')
    const { listings, next } = expectFound(
      dealerCenter.read(inventory('dealer-center', moved), {}, IN_DOLLARS),
    )
    expect(listings[0]?.url).toBe('https://riverside.example/lot/cars/jeep/cherokee/2018/592546')
    expect(next.map(({ url }) => url)).toEqual([
      'https://riverside.example/lot/inventory?page_no=3',
    ])
  })

  it('whose chevron a script follows leads on by the number of its page', () => {
    const body = inventory('dealer-center').body.replace(
      'href="/inventory?page_no=3"',
      'href="javascript:void(0)"',
    )
    const page = {
      ...buildPage(body),
      request: { url: 'https://riverside.example/used', carry: { page: 4 } },
    }
    expect(expectFound(dealerCenter.read(page, {}, IN_DOLLARS)).next.map(({ url }) => url)).toEqual(
      ['https://riverside.example/used?page_no=5'],
    )
  })

  it('of another making, broken off or gone is a problem', () => {
    expect(
      expectProblem(
        dealerCenter.read(buildPage('<html><body>Closed</body></html>'), {}, IN_DOLLARS),
      ),
    ).toContain('Not a page on a DealerCenter site')
    expect(
      expectProblem(
        dealerCenter.read(
          inventory('dealer-center', (body) => body.slice(0, 900)),
          {},
          IN_DOLLARS,
        ),
      ),
    ).toContain('is truncated')
    expect(
      expectProblem(dealerCenter.read(buildPage('', { status: 404 }), {}, IN_DOLLARS)),
    ).toContain('(404)')
  })
})

describe('a Dealersync page', () => {
  it('has every car twice, and gives it once, with its asked price and not its old one', () => {
    const { listings, dropped } = expectFound(
      dealersync.read(inventory('dealersync'), {}, IN_DOLLARS),
    )
    expect([listings, dropped]).toMatchObject([
      [
        {
          vin: '5YJSA1H12FFP71790',
          stockNumber: 'T71790',
          year: 2015,
          make: 'Tesla',
          model: 'Model S',
          trim: '85',
          priceCents: 2_899_500,
          mileage: 58_900,
          imageUrl: 'https://images.example/t71790.jpg',
        },
        { vin: '2G4WF52L6S1472882', make: 'Buick', priceCents: null, mileage: 99_100 },
      ],
      [],
    ])
  })

  it('gives the asked price of the tile too, where the old one stands inside another element', () => {
    const tile = inventory('dealersync', (body) =>
      body.replaceAll('ds-vehicle-list-item', 'hidden'),
    )
    expect(expectFound(dealersync.read(tile, {}, IN_DOLLARS)).listings).toMatchObject([
      { priceCents: 2_899_500 },
    ])
  })

  it('leads on by its button, as a link or as an attribute', () => {
    const next = (change?: (body: string) => string) =>
      expectFound(dealersync.read(inventory('dealersync', change), {}, IN_DOLLARS)).next.map(
        ({ url }) => url,
      )
    expect(next()).toEqual(['https://riverside.example/inventory?page=2'])
    expect(
      next((body) =>
        body.replace('<button class="ds-load-more" data-url=', '<a class="ds-load-more" href='),
      ),
    ).toEqual(next())
    expect(next((body) => body.replace('/inventory?page=2', '#'))).toEqual([])
  })

  it('that leads to another origin is a problem', () => {
    const page = inventory('dealersync', (body) =>
      body.replace('/inventory?page=2', 'https://elsewhere.example/inventory?page=2'),
    )
    expect(expectProblem(dealersync.read(page, {}, IN_DOLLARS))).toContain('has a different origin')
  })

  it('of another making or broken off is a problem', () => {
    expect(
      expectProblem(dealersync.read(buildPage('<html><body>Closed</body></html>'), {}, IN_DOLLARS)),
    ).toContain('Not a page on a Dealersync site')
    expect(
      expectProblem(
        dealersync.read(
          inventory('dealersync', (body) => body.slice(0, 900)),
          {},
          IN_DOLLARS,
        ),
      ),
    ).toContain('is truncated')
  })
})
