import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DroppedListing } from '../../plugins/scraping/domain/pages.ts'
import { loadCatalogMakes } from '../../plugins/scraping/store/catalog.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { buildDay } from '../support/scrape-room.ts'
import { buildListing, buildListings, createRunHelpers } from '../support/completing-runs.ts'

let forecourt: TestForecourt

beforeAll(async () => void (forecourt = await openForecourt()))
afterAll(() => forecourt.close())

const { sql, aCompetitor, read } = createRunHelpers(() => forecourt)

describe('a run that could not read a listing', () => {
  const rowsOf = async (competitor: string) =>
    (
      await sql<{ stock_number: string; is_sold: boolean }>(
        'select stock_number, is_sold from competitor_inventory where competitor_id = $1 ' +
          'order by stock_number',
        [competitor],
      )
    ).flatMap(({ stock_number, is_sold }) => (is_sold ? [stock_number] : []))
  const unread = (about: Partial<DroppedListing> = {}): DroppedListing => ({
    what: 'listing 1 of its page',
    why: 'It is of another shape.',
    ...about,
  })
  const nobody = { vin: null, stockNumber: null, url: null }

  it.each<[string, Partial<DroppedListing>]>([
    ['stock number', { names: [{ ...nobody, stockNumber: 'a1' }] }],
    ['id', { names: [{ ...nobody, externalId: 'u1' }] }],
    ['address', { mentions: [{ ...nobody, url: 'https://riverside.example/v/1' }] }],
  ])('holds the car that it names by its %s, and counts it', async (_how, about) => {
    const id = await aCompetitor()
    const first = buildListing(1, {
      vin: null,
      externalId: 'u1',
      url: 'https://riverside.example/v/1',
    })
    await read(id, 1, { listings: [first, ...buildListings(4).slice(1)], total: 4 })
    for (const day of [2, 3, 4])
      expect(
        await read(id, day, {
          listings: buildListings(4).slice(1),
          dropped: [unread(about)],
          total: 4,
        }),
      ).toMatchObject({
        failure: null,
        changes: { sold: 0 },
      })
    expect(await rowsOf(id)).toEqual([])
  })

  it('is incomplete where it names no known car, says so in both rows, and sells nothing', async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(170), total: 170 })
    const dropped = Array.from({ length: 85 }, (_, index) =>
      unread({ names: [{ ...nobody, stockNumber: `B${index}` }] }),
    )
    const words =
      'The site reports 170 cars, but only 85 could be found. 85 listings could not be read. No ' +
      'cars are marked as sold.'
    for (const day of [2, 3, 4])
      expect(
        await read(id, day, { listings: buildListings(85), dropped, total: 170 }),
      ).toMatchObject({
        failure: { message: words },
      })
    const [row] = await sql(
      `select run.error, run.error_type, run.complete, run.found, scrape_error, scrape_error_type,
        last_successful_scrape_at as succeeded
       from scrape_runs run join competitors on competitors.id = competitor_id
         where competitor_id = $1 order by started_at desc limit 1`,
      [id],
    )
    expect(row).toMatchObject({
      error: words,
      error_type: 'incomplete',
      complete: false,
      found: 85,
    })
    expect(row).toMatchObject({ scrape_error: words, scrape_error_type: 'incomplete' })
    expect(String((row as { succeeded: Date }).succeeded)).toContain(
      buildDay(1).toISOString().slice(0, 10),
    )
    expect(await rowsOf(id)).toEqual([])
  })

  it(
    'of a site without a total is incomplete where it may be any car, and whole where it names ' +
      'one',
    async () => {
      const id = await aCompetitor()
      await read(id, 1, { listings: buildListings(10) })
      for (const day of [2, 3])
        expect(
          await read(id, day, { listings: buildListings(9), dropped: [unread()] }),
        ).toMatchObject({
          failure: { type: 'incomplete' },
        })
      expect(await rowsOf(id)).toEqual([])
      const named = unread({ names: [{ ...nobody, stockNumber: 'A9' }] })
      for (const day of [4, 5])
        await read(id, day, { listings: buildListings(8), dropped: [named] })
      expect(await rowsOf(id)).toEqual(['A10'])
    },
  )

  it('says of how many cars a field could not be read', async () => {
    const id = await aCompetitor()
    const malformed = buildListings(3).map((one) => ({
      ...one,
      priceCents: null,
      unread: ['priceCents'] as const,
    }))
    await read(id, 1, { listings: [...malformed, buildListing(4)] })
    expect(
      await sql('select unread, complete from scrape_runs where competitor_id = $1', [id]),
    ).toEqual([{ unread: { priceCents: 3 }, complete: true }])
  })
})

it('the catalog names makes, and models of several words', async () => {
  await sql(
    `insert into vehicle_options (year, make, model, trim) values (2024, 'Zenvo', 'TSR S',
      ` + `'Base'), (2024, 'Zenvo', 'Aurora', 'Base')`,
  )
  expect(await loadCatalogMakes({ payload: forecourt.payload })).toEqual([
    'Zenvo',
    { make: 'Zenvo', model: 'TSR S' },
  ])
})

describe('the listings of the last 30 days', () => {
  const fresh = async (competitor: string) =>
    (
      await sql<{ fresh: number }>(
        'select new_listings_30d as fresh from competitor_metrics where competitor_id = $1 ' +
          'order by calculated_at',
        [competitor],
      )
    ).map(({ fresh }) => fresh)

  it('are none of the first run, neither then nor later', async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(5) })
    await read(id, 2, { listings: buildListings(7) })
    await read(id, 20, { listings: buildListings(8) })
    await read(id, 33, { listings: buildListings(8) })
    expect(await fresh(id)).toEqual([0, 2, 3, 1])
  })

  it('are none of those before a first run saw all of them', async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(5), total: 9 })
    await read(id, 2, { listings: buildListings(9), total: 9 })
    await read(id, 3, { listings: buildListings(10), total: 10 })
    expect(await fresh(id)).toEqual([0, 0, 1])
  })

  it('are counted on a site that never shows all that it says', async () => {
    const id = await aCompetitor()
    for (const day of [1, 2]) await read(id, day, { listings: buildListings(4 + day), total: 99 })
    expect(await fresh(id)).toEqual([0, 1])
  })
})
