import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { failRun, openRun } from '../../plugins/scraping/store/runs.ts'
import type { Sql } from '../../plugins/scraping/store/sql.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { buildDay } from '../support/scrape-room.ts'
import { buildListing, buildListings, createRunHelpers } from '../support/completing-runs.ts'
import { waitUntil } from '../support/work.ts'

let forecourt: TestForecourt

beforeAll(async () => void (forecourt = await openForecourt()))
afterAll(() => forecourt.close())

const { sqlWith, sql, aCompetitor, aRun, settled, read } = createRunHelpers(() => forecourt)

describe('a run', () => {
  it('is not whole when it found fewer cars than any of its pages announced', async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(10) })
    const [found, missed] = [buildListings(6), { listings: [], total: 0 }]
    expect(await read(id, 2, { listings: found, total: 10 }, missed)).toMatchObject({
      failure: { type: 'incomplete' },
    })
    expect(
      await sql(
        'select * from competitor_absences join competitor_inventory on id = car_id where ' +
          'competitor_id = $1',
        [id],
      ),
    ).toEqual([])
  })

  it('drops a car that nobody would know again, instead of finding it new each time', async () => {
    const competitor = await aCompetitor()
    const nameless = buildListing(9, {
      vin: '7R02C123456',
      stockNumber: null,
      title: '1967 Ford Mustang',
    })
    for (const day of [1, 2])
      expect(
        await read(competitor, day, { listings: [...buildListings(9), nameless] }),
      ).toMatchObject({ found: 9, dropped: 1 })
    const { rows } = await forecourt.sql(
      'select count(*)::int as many from competitor_inventory where competitor_id = $1',
      [competitor],
    )
    expect(rows).toEqual([{ many: 9 }])
  })

  it('that a stopped worker left is not gone on with when another page is to be read', async () => {
    const id = await aCompetitor()
    const left = await aRun(id, 1, [{ listings: buildListings(3) }])
    const at = (page: number, platform: string | null) =>
      openRun(sql, {
        competitor: id,
        now: buildDay(1),
        platform,
        firstRequests: [{ url: `https://riverside.example/used?page=${page}` }],
      })
    expect([await at(0, 'Custom'), await at(0, null)]).toMatchObject([
      { id: left },
      { id: left, platform: 'Custom' },
    ])
    expect(await at(0, 'DealerOn')).toMatchObject({ resumed: false, platform: 'DealerOn' })
    expect(await at(7, 'DealerOn')).toMatchObject({ resumed: false })
    expect(await sql('select distinct error_type from scrape_runs where id = $1', [left])).toEqual([
      { error_type: 'incomplete' },
    ])
  })

  it('waits for a person when the prices of most cars are gone', async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(10) })
    const gone = buildListings(10).map((one, index) =>
      index < 7 ? { ...one, priceCents: null } : one,
    )
    expect(await read(id, 2, { listings: gone })).toMatchObject({
      state: 'quarantined',
      failure: { message: /^7 of 10 prices/ },
    })
  })
})

describe('a car that is gone', () => {
  const movedTo = async (competitor: string) =>
    (
      await sql<{ to: string | null }>(
        'select moved_to as to from competitor_absences join competitor_inventory on id = ' +
          'car_id where competitor_id = $1',
        [competitor],
      )
    ).map(({ to }) => to)

  it(
    'moved to the competitor that saw it later, and not to one that had it before and is read ' +
      'no longer',
    async () => {
      const [before, here, later] = [await aCompetitor(), await aCompetitor(), await aCompetitor()]
      await read(before, 1, { listings: [buildListing(901), buildListing(902)] })
      for (const day of [3, 4, 5])
        await read(here, day, {
          listings: [buildListing(903), ...(day === 3 ? [buildListing(901)] : [])],
        })
      expect(await movedTo(here)).toEqual([null])
      await read(later, 5, { listings: [buildListing(903)] })
      for (const day of [6, 7]) await read(here, day, { listings: [buildListing(904)] })
      expect((await movedTo(here)).filter(Boolean)).toEqual([later])
    },
  )
})

describe('a run in quarantine', () => {
  /** A competitor whose run on day 2 found fewer than half. */
  const doubted = async () => {
    const id = await aCompetitor()
    await read(id, 1, { listings: buildListings(10) })
    const run = await aRun(id, 2, [{ listings: buildListings(4) }])
    expect(await settled(sql, id, run, 2)).toMatchObject({ state: 'quarantined' })
    return { id, path: `/api/competitors/${id}/runs/${run}/accept` }
  }

  it('may be accepted while the next one ends: one of both is first', async () => {
    const { id, path } = await doubted()
    const manager = await forecourt.as('manager')
    const run = await aRun(id, 3, [{ listings: buildListings(10) }])
    const client = await getPostgresAdapter(forecourt.payload).pool.connect()
    const accepting: { answer?: Promise<unknown> } = {}
    const waits = async () =>
      (await forecourt.sql(`select from pg_locks where locktype = 'advisory' and not granted`))
        .rowCount === 1
    const statements: Sql = async <Row extends object>(
      text: string,
      values: readonly unknown[] = [],
    ) => {
      if (text.includes(`state = 'discarded'`)) {
        accepting.answer = manager.post(path).then(({ status, text }) => [status, text])
        await waitUntil(waits, 'the manager waits')
      }
      return sqlWith(client)<Row>(text, values)
    }
    await client.query('begin')
    await settled(statements, id, run, 3).finally(() =>
      client.query('commit').finally(() => client.release()),
    )
    expect(await accepting.answer).toEqual([
      409,
      expect.stringContaining('so it needs no decision'),
    ])
  })

  it('does not hide, once it is accepted, that a later one failed', async () => {
    const { id, path } = await doubted()
    await failRun(
      sql,
      { competitor: id, run: null, at: buildDay(3) },
      { type: 'blocked', message: 'Access denied.' },
    )
    await (await forecourt.as('manager')).post(path).expect(200)
    const row = await forecourt.payload.findByID({
      collection: 'competitors',
      id,
      overrideAccess: true,
    })
    expect(
      [row.scrapeErrorType, row.lastScrapedAt, row.lastSuccessfulScrapeAt].map(String),
    ).toEqual(['blocked', buildDay(3).toISOString(), buildDay(2).toISOString()])
  })

  it(
    'that did not see all is named incomplete once it is accepted, in its own row too, and ' +
      'nothing is sold by it',
    async () => {
      const id = await aCompetitor()
      await read(id, 1, { listings: buildListings(10) })
      const moved = buildListings(9).map((one) => ({ ...one, priceCents: 10_000_00 }))
      const run = await aRun(id, 2, [{ listings: moved, total: 12 }])
      expect(await settled(sql, id, run, 2)).toMatchObject({ state: 'quarantined' })
      await (
        await forecourt.as('manager')
      )
        .post(`/api/competitors/${id}/runs/${run}/accept`)
        .expect(200)
      const [row] = await sql(
        `select run.complete, run.error_type, run.error = scrape_error as same, scrape_error,
          (select
        count(*)::int from competitor_absences
         join competitor_inventory car on car.id = car_id where car.competitor_id = $1) as missed
       from scrape_runs run join competitors on competitors.id = competitor_id where run.id = $2`,
        [id, run],
      )
      expect(row).toMatchObject({
        complete: false,
        error_type: 'incomplete',
        same: true,
        missed: 0,
      })
      expect(row).toMatchObject({
        scrape_error: expect.stringContaining('reports 12 cars, but only 9 could be found'),
      })
    },
  )
})
