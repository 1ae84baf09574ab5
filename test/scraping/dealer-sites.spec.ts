import { afterEach, describe, expect, it } from '@jest/globals'
import { parseVin } from '../../src/domain/vin.ts'
import {
  type DealerSite,
  type Kind,
  openDealerSite,
  type SiteOptions,
} from '../support/dealer-sites/index.ts'
import { getCarsOn, simulateWorld, simulateWorlds } from '../support/dealer-sites/world.ts'

const KINDS: readonly Kind[] = [
  ...([
    'dealeron',
    'dealer-com',
    'dealer-inspire',
    'dealer-center',
    'dealersync',
    'schema-org',
    'custom',
  ] as const),
]
const world = simulateWorld({ seed: 7, cars: 30 })
let site: DealerSite | undefined

afterEach(async () => {
  await site?.close()
  site = undefined
})

async function open(kind: Kind = 'dealer-center', options: SiteOptions = {}): Promise<DealerSite> {
  site = await openDealerSite(kind, world, options)
  return site
}

describe('the world of the dealers', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(simulateWorld({ seed: 7, cars: 30 })).toEqual(world)
    expect(simulateWorld({ seed: 8, cars: 30 })).not.toEqual(world)
  })

  it('has in ten days of two dealers everything that can happen to a car', () => {
    const happened = simulateWorlds({ seed: 7, dealers: 2, cars: 40 }).flatMap(
      ({ happenings }) => happenings,
    )
    expect(new Set(happened.map(({ what }) => what))).toEqual(
      new Set(['new', 'sold', 'repriced', 'relisted', 'transferred']),
    )
  })

  it('tells what happened as its days show it', () => {
    for (const { days, happenings } of simulateWorlds({ seed: 3, dealers: 3, cars: 30 }))
      for (const { day, what, stockNumber } of happenings) {
        const [before, after] = [day - 1, day].map((at) =>
          days[at - 1]?.find((car) => car.stockNumber === stockNumber),
        )
        expect([what, before !== undefined, after !== undefined]).toEqual([
          what,
          ['sold', 'repriced'].includes(what),
          what !== 'sold',
        ])
        if (what === 'repriced') expect(after?.priceCents).toBeLessThan(before?.priceCents ?? 0)
      }
  })

  it('never has one VIN or stock number twice at a time, and only VINs that hold', () => {
    const lots = simulateWorlds({ seed: 5, dealers: 3, cars: 30 })
    for (let day = 1; day <= 10; day++) {
      const cars = lots.flatMap((lot) => getCarsOn(lot, day))
      const vins = cars.flatMap(({ vin }) => vin ?? [])
      expect([new Set(vins).size, new Set(cars.map((car) => car.stockNumber)).size]).toEqual([
        vins.length,
        cars.length,
      ])
      expect(vins.filter((vin) => !('vin' in parseVin(vin)))).toEqual([])
    }
  })

  it(
    'moves far fewer than half of the cars and prices in a day, so that none of it looks like a ' +
      'broken page',
    () => {
      const lots = simulateWorlds({ seed: 11, dealers: 2, cars: 40 })
      for (const { days } of lots)
        for (const [i, today] of days.entries()) {
          const yesterday = new Map((days[i - 1] ?? today).map((car) => [car.stockNumber, car]))
          const kept = today.filter(({ stockNumber }) => yesterday.has(stockNumber))
          const moved = kept.filter(
            ({ stockNumber, priceCents }) => yesterday.get(stockNumber)?.priceCents !== priceCents,
          )
          expect(kept.length).toBeGreaterThan(yesterday.size * 0.8)
          expect(moved.length).toBeLessThan(kept.length * 0.4)
        }
    },
  )
})

describe('a dealer’s site', () => {
  it.each(KINDS)('of the kind %s has an inventory page and pages of its cars', async (kind) => {
    const { origin, inventoryUrl } = await open(kind)
    const answers = await Promise.all(
      [inventoryUrl, origin + getCarsOn(world, 1)[0]?.path, `${origin}/nothing`].map((url) =>
        fetch(url),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404])
  })

  it('shows the day that it is told', async () => {
    const { inventoryUrl, day } = await open()
    const [one, two] = [await text(inventoryUrl), (day(2), await text(inventoryUrl))]
    const fresh =
      world.happenings.find(({ day: at, what }) => at === 2 && what === 'new')?.stockNumber ?? ''
    expect([one.includes(fresh), two.includes(fresh)]).toEqual([false, true])
  })

  it('notes who asked for what, when, and how many at a time', async () => {
    const { inventoryUrl, origin, requests, maxInFlight, resetLog } = await open('dealer-center', {
      millis: 50,
    })
    await Promise.all(
      [1, 2, 3].map((n) =>
        fetch(`${inventoryUrl}?page_no=${n}`, { headers: { 'user-agent': `reader ${n}` } }),
      ),
    )
    await fetch(`${origin}/nothing`)
    expect(maxInFlight()).toBe(3)
    expect(new Set(requests.slice(0, 3).map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['reader 1', 'reader 2', 'reader 3']),
    )
    expect(requests[3]).toMatchObject({ method: 'GET', path: '/nothing', status: 404 })
    expect(requests.every(({ at, endedAt }) => endedAt !== null && endedAt >= at)).toBe(true)
    resetLog()
    expect([requests.length, maxInFlight()]).toEqual([0, 0])
  })

  it('has no robots.txt, or the one that it is given, or a delay in it, or an error for it', async () => {
    const result: [number, string][] = []
    for (const options of [
      {},
      { robots: 'User-agent: *\nDisallow: /\n' },
      { crawlDelay: 2 },
      { robotsStatus: 500 },
    ]) {
      const { origin, close } = await openDealerSite('custom', world, options)
      const answer = await fetch(`${origin}/robots.txt`)
      result.push([answer.status, await answer.text()])
      await close()
    }
    expect(result.map(([status]) => status)).toEqual([404, 200, 200, 500])
    expect([result[1]?.[1], result[2]?.[1]]).toEqual([
      'User-agent: *\nDisallow: /\n',
      'User-agent: *\nCrawl-delay: 2\n',
    ])
  })

  it('says 304 to who has the page already, until the page is another', async () => {
    const { inventoryUrl, day } = await open('dealer-center', { etag: true })
    const etag = (await fetch(inventoryUrl)).headers.get('etag') ?? ''
    const again = () =>
      fetch(inventoryUrl, { headers: { 'if-none-match': etag } }).then(({ status }) => status)
    expect(await again()).toBe(304)
    day(2)
    expect(await again()).toBe(200)
  })

  it('is busy as often as it is told', async () => {
    const { inventoryUrl, busy } = await open()
    busy(1, 3)
    busy(1, 2, 429)
    const answers = [
      await fetch(inventoryUrl),
      await fetch(inventoryUrl),
      await fetch(inventoryUrl),
    ]
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [503, '3'],
      [429, '2'],
      [200, null],
    ])
  })
})

describe('a hostile site', () => {
  it('stops in the middle, refuses, is empty, or goes on for ever', async () => {
    const { inventoryUrl, mode } = await open('dealer-center', { perPage: 10 })
    const status = async (page: number) => (await fetch(`${inventoryUrl}?page_no=${page}`)).status
    mode('half')
    expect([await status(1), await status(2), await status(3)]).toEqual([200, 500, 500])
    mode('forbidden')
    expect(await status(1)).toBe(403)
    mode('empty')
    expect(await text(inventoryUrl)).not.toContain('data-vin')
    mode('endless')
    expect(await text(`${inventoryUrl}?page_no=400`)).toMatch(/data-vin[^]+page_no=401/)
    mode('well')
    expect(await text(`${inventoryUrl}?page_no=3`)).not.toContain('page-link-chevron')
  })

  it('moves its prices, loses most of its cars, and its truth goes with it', async () => {
    const { mode, expectedListings } = await open()
    const prices = () => expectedListings().map(({ priceCents }) => priceCents ?? 0)
    const before = prices()
    mode('prices moved')
    expect(prices().filter((price, i) => price > 0.4 * (before[i] ?? 0))).toEqual([])
    mode('shrunk')
    expect(expectedListings()).toHaveLength(12)
  })

  it('talks nonsense, breaks off, and leads inward', async () => {
    const { inventoryUrl, mode } = await open('dealer-center', {
      inward: 'http://127.0.0.1:9/admin',
    })
    const whole = await text(inventoryUrl)
    mode('truncated')
    expect(await text(inventoryUrl)).toBe(whole.slice(0, whole.length / 2))
    mode('garbage')
    expect(await text(inventoryUrl)).not.toContain('data-vin')
    mode('inward')
    const answer = await fetch(inventoryUrl, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'http://127.0.0.1:9/admin',
    ])
  })

  it('pours 300 MB out, and trickles', async () => {
    const { inventoryUrl, mode } = await open()
    mode('huge')
    let bytes = 0
    const body = (await fetch(inventoryUrl)).body?.getReader()
    for (let part = await body?.read(); part && !part.done; part = await body?.read())
      bytes += (part.value as Uint8Array).length
    expect(bytes).toBeGreaterThanOrEqual(300 * 1024 * 1024)
    mode('slow')
    const first = await (await fetch(inventoryUrl)).body?.getReader().read()
    expect((first?.value as Uint8Array).length).toBeLessThan(100)
  })
})

async function text(url: string): Promise<string> {
  return (await fetch(url)).text()
}
