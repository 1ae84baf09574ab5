import { describe, expect, it } from '@jest/globals'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'
import { detectPlatform, findPlatform } from '../../plugins/scraping/platforms/index.ts'
import {
  type DealerSite,
  type Kind,
  openDealerSite,
  type Shown,
  type SiteOptions,
} from '../support/dealer-sites/index.ts'
import { getCarsOn, simulateWorld } from '../support/dealer-sites/world.ts'
import { fetchPage, crawlSite } from '../support/crawl-site.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const world = simulateWorld({ seed: 21, cars: 61 })
const DAYS = world.days.map((_, i) => i + 1)

/**
 * Each kind of site, the platform's name, whether its pages say how many cars there are, and in how
 * many variants it comes.
 */
const SITES: [what: string, kind: Kind, name: string, saysTotal: boolean, options: SiteOptions][] =
  [
    ['DealerOn', 'dealeron', 'DealerOn', true, {}],
    ['DealerOn without its endpoint', 'dealeron', 'DealerOn', false, { withoutApi: true }],
    ['Dealer.com', 'dealer-com', 'Dealer.com', true, {}],
    ['Dealer.com with small pages', 'dealer-com', 'Dealer.com', true, { perPage: 7 }],
    ['DealerInspire', 'dealer-inspire', 'DealerInspire', true, {}],
    ['DealerCenter', 'dealer-center', 'DealerCenter', false, {}],
    ['Dealersync', 'dealersync', 'Dealersync', false, {}],
    ['schema.org', 'schema-org', 'schema.org', false, {}],
    ['a site of its own, by links', 'custom', 'Custom', true, {}],
    ['a site of its own, by page numbers', 'custom', 'Custom', true, { pagination: 'page-number' }],
    ['a site of its own, by a button', 'custom', 'Custom', true, { pagination: 'load-more' }],
  ]

describe.each(SITES)('%s', (_what, kind, name, saysTotal, options) => {
  const platform = findPlatform(name)
  if (!platform) throw new Error(`No platform ${name}.`)
  const onSite = async <T>(work: (site: DealerSite) => Promise<T>): Promise<T> => {
    const site = await openDealerSite(kind, world, options)
    return work(site).finally(() => site.close())
  }

  it('is read whole, and reads as what the dealer has, on each of ten days', async () => {
    await onSite(async (site) => {
      for (const day of DAYS) {
        site.day(day)
        const walk = await crawlSite(platform, site.inventoryUrl, site.config)
        expect({ day, problem: walk.problem, dropped: walk.dropped }).toEqual({
          day,
          problem: null,
          dropped: [],
        })
        expect(bySite(walk.listings.map(shown))).toEqual(bySite(site.expectedListings()))
        expect(walk.total).toBe(saysTotal ? getCarsOn(world, day).length : null)
      }
    })
  })

  it('asks for no page twice', async () => {
    await onSite(async (site) => {
      const { pages } = await crawlSite(platform, site.inventoryUrl, site.config)
      const requested = pages.map(({ request: { url, body = '' } }) => `${url} ${body}`)
      expect(requested.length).toBeGreaterThan(1)
      expect(new Set(requested).size).toBe(requested.length)
    })
  })

  it('is known by its first page', async () => {
    const first = await onSite(async ({ inventoryUrl }) => fetchPage({ url: inventoryUrl }))
    expect(detectPlatform(first)?.name ?? null).toBe(name === 'Custom' ? null : name)
  })

  it('says of its first car where each value stood, and keeps what was read', async () => {
    await onSite(async (site) => {
      const { pages } = await crawlSite(platform, site.inventoryUrl, site.config)
      const [found] = pages
        .map((page) => platform.read(page, site.config, IN_DOLLARS))
        .filter((read) => 'listings' in read && read.listings.length > 0)
      if (!found || 'problem' in found) throw new Error('No page with cars.')
      const [first] = found.listings
      const known = Object.entries(first ?? {}).filter(
        ([field, value]) => value !== null && field !== 'raw',
      )
      expect(Object.keys(found.sources).sort()).toEqual(known.map(([field]) => field).sort())
      expect(Object.keys(first?.raw ?? {}).length).toBeGreaterThan(3)
      expect(Object.values(first?.raw ?? {}).every((value) => typeof value !== 'object')).toBe(true)
    })
  })

  it('without a car reads as an empty list, not as a broken one', async () => {
    await onSite(async (site) => {
      site.mode('empty')
      const walk = await crawlSite(platform, site.inventoryUrl, site.config)
      expect([walk.problem, walk.listings, walk.dropped, walk.total]).toEqual([
        null,
        [],
        [],
        saysTotal ? 0 : null,
      ])
    })
  })

  it.each(['garbage', 'truncated', 'forbidden', 'half', 'inward', 'endless'] as const)(
    'is not taken as read when it is: %s',
    async (mode) => {
      await onSite(async (site) => {
        site.mode(mode)
        const { problem, listings, total } = await crawlSite(
          platform,
          site.inventoryUrl,
          site.config,
        )
        const isShort = total !== null && listings.length < total
        expect({ problem, isShort }).not.toEqual({ problem: null, isShort: false })
      })
    },
  )

  it('tells other prices and fewer cars as they are', async () => {
    await onSite(async (site) => {
      for (const mode of ['prices moved', 'shrunk'] as const) {
        site.mode(mode)
        const walk = await crawlSite(platform, site.inventoryUrl, site.config)
        expect([walk.problem, bySite(walk.listings.map(shown))]).toEqual([
          null,
          bySite(site.expectedListings()),
        ])
      }
    })
  })
})

function shown({ externalId: _externalId, raw: _raw, ...listing }: Listing): Shown {
  return listing
}

function bySite(listings: readonly Shown[]): Shown[] {
  return listings.toSorted((a, b) => String(a.stockNumber).localeCompare(String(b.stockNumber)))
}
