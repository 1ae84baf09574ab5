import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { PayloadRequest } from 'payload'
import { type Api, openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { isTried } from '../support/sampling.ts'

/**
 * As many rows as three pages hold. One statement writes them: they are equal in every column but
 * the id.
 */
const ROWS = 300
const A_PAGE = 100
const PAGES = [1, 2, 3]

let forecourt: TestForecourt
let manager: Api
let competitor: string
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  const { sql } = forecourt
  await sql(`insert into inventory (vin, title, year, make, model, mileage, price, status,
    listed_at)
    select 'CHASSIS-' || n, 'One of many', 2021, 'Honda', 'Fit', 9, 24500, 'available',
      '2026-03-01T10:00Z' from generate_series(1, ${ROWS}) n`)
  competitor = await insert(
    `insert into competitors (name, inventory_url) values ('Rival', 'https://rival.example/')
      ` + 'returning id',
  )
  await sql(
    `insert into competitor_inventory (competitor_id, title, make) select $1, 'One of many',
      ` + `'Honda' from generate_series(1, ${ROWS})`,
    [competitor],
  )
  vehicle = await insert(
    `insert into vehicles (user_id, make, license_plate) values ('auth0|pages', 'Honda',
      ` + `'PAGES1') returning id`,
  )
  await sql(
    `insert into fuel_logs (user_id, vehicle_id, date_time, fuel_units, cost_per_unit, total_cost)
     select 'auth0|pages', $1, '2026-03-01T10:00Z', 10, 3, 30 from generate_series(1, ${ROWS})`,
    [vehicle],
  )
}, 120_000)
afterAll(() => forecourt.close())

const insert = async (statement: string) => String((await forecourt.sql(statement)).rows[0]?.['id'])

type Page = { docs: { id: string }[]; hasNextPage?: boolean }

/** How many different rows all pages have together. */
async function countDistinct(read: (page: number) => Promise<Page>): Promise<number> {
  const ids = new Set<string>()
  for (const page of PAGES) {
    const { docs, hasNextPage } = await read(page)
    expect([page, docs.length, hasNextPage]).toEqual([page, A_PAGE, page < PAGES.length])
    for (const { id } of docs) ids.add(id)
  }
  return ids.size
}

/** Every order of a collection that its API takes, and none. */
function listOrders(slug: 'inventory' | 'competitor-inventory'): string[] {
  const columns = forecourt.payload.collections[slug].config.flattenedFields.filter(
    (field) =>
      !('virtual' in field && field.virtual) &&
      !('hidden' in field && field.hidden) &&
      field.type !== 'join',
  )
  return ['', ...columns.flatMap(({ name }) => [name, `-${name}`]), 'make,-model', 'id', '-id']
}

/** One order in twelve, other ones in another run; an exhaustive run reads all of them. */
const chooseOrders = (slug: 'inventory' | 'competitor-inventory') =>
  listOrders(slug).filter((_, place) => place === 0 || isTried(place, 12))

describe.each(['inventory', 'competitor-inventory'] as const)('the pages of %s', (slug) => {
  it('have every row once in every order, over REST', async () => {
    for (const sort of chooseOrders(slug)) {
      const read = async (page: number) =>
        (
          await manager
            .get(`/api/${slug}?limit=${A_PAGE}&page=${page}&depth=0&select[id]=true&sort=${sort}`)
            .expect(200)
        ).body as Page
      expect([sort, await countDistinct(read)]).toEqual([sort, ROWS])
    }
  }, 120_000)

  it('have every row once in every order, over GraphQL', async () => {
    const name = slug === 'inventory' ? 'Inventories' : 'CompetitorInventories'
    for (const sort of chooseOrders(slug)) {
      const order = sort === '' ? '' : `, sort: "${sort}"`
      const read = async (page: number) => {
        const { data, errors } = await queryGraphql(
          manager,
          `{ ${name}(limit: ${A_PAGE}, page: ${page}${order}) { hasNextPage docs { id } } }`,
        )
        expect(errors).toBeUndefined()
        return data?.[name] as Page
      }
      expect([sort, await countDistinct(read)]).toEqual([sort, ROWS])
    }
  }, 120_000)

  it('have every row once in the panel, which reads with the rights of whoever is signed in', async () => {
    const { payload } = forecourt
    const user = { ...(await saveUser(payload, 'manager')), collection: 'users' as const }
    const req = { payload, user, context: {}, payloadAPI: 'local' } as unknown as PayloadRequest
    for (const sort of chooseOrders(slug).slice(0, 9)) {
      const read = (page: number) =>
        payload.find({
          collection: slug,
          limit: A_PAGE,
          page,
          depth: 0,
          overrideAccess: false,
          req,
          user,
          ...(sort && { sort }),
        }) as Promise<Page>
      expect([sort, await countDistinct(read)]).toEqual([sort, ROWS])
    }
  })
})

describe('the pages of other lists', () => {
  it('have every row once for the public, whose lists are read past Payload', async () => {
    for (const sort of ['', 'make', '-price', 'listedAt', '-year,make']) {
      const read = async (page: number) =>
        (
          await forecourt.anonymous
            .get(`/api/inventory?limit=${A_PAGE}&page=${page}&select[make]=true&sort=${sort}`)
            .expect(200)
        ).body as Page
      expect([sort, await countDistinct(read)]).toEqual([sort, ROWS])
    }
  })

  it('have every row once where they are joined to another', async () => {
    const admin = await forecourt.as('admin')
    for (const sort of ['', 'dateTime', '-totalCost']) {
      const order = sort === '' ? '' : `&joins[fuelLogs][sort]=${sort}`
      const read = async (page: number) => {
        const address = `/api/vehicles/${vehicle}?depth=0&joins[fuelLogs][limit]=${A_PAGE}&joins[fuelLogs][page]=${page}${order}`
        const joined = (await admin.get(address).expect(200)).body.fuelLogs as {
          docs: string[]
          hasNextPage: boolean
        }
        return { docs: joined.docs.map((id) => ({ id })), hasNextPage: joined.hasNextPage }
      }
      expect([sort, await countDistinct(read)]).toEqual([sort, ROWS])
    }
  })

  it('have every row once where they are joined to another over GraphQL', async () => {
    const admin = await forecourt.as('admin')
    const ask = async (args: string) => {
      const query =
        `{ Vehicle(id: "${vehicle}") { fuelLogs(${args}) { hasNextPage totalDocs docs { id } } ` +
        '} }'
      const { data, errors } = await queryGraphql(admin, query)
      const list = (data?.['Vehicle'] as { fuelLogs: Page & { totalDocs: number | null } } | null)
        ?.fuelLogs
      return { ...list, docs: list?.docs ?? [], errors }
    }
    for (const sort of ['', ', sort: "dateTime"', ', sort: " -totalCost, dateTime", count: true'])
      expect(await countDistinct((page) => ask(`limit: ${A_PAGE}, page: ${page}${sort}`))).toBe(
        ROWS,
      )
    for (const [args, rows] of [
      ['page: 2', 10],
      ['limit: 0', 10],
      ['limit: 5, page: 3', 5],
      ['limit: 1000', A_PAGE],
      ['where: {}, limit: 7', 7],
    ] as const) {
      const { docs, hasNextPage } = await ask(args)
      expect([args, docs.length, hasNextPage]).toEqual([args, rows, true])
    }
    expect(await ask('limit: 0, count: true')).toMatchObject({ totalDocs: ROWS, hasNextPage: true })
    for (const args of ['limit: -5', 'page: -1', 'sort: "toString"', 'where: { notes: {} }'])
      expect((await ask(args)).errors?.[0]?.extensions?.statusCode).toBe(400)
  })

  it('are counted beyond the last row of a list that is filtered through a reference', async () => {
    const admin = await forecourt.as('admin')
    const read = async (query: string) => {
      const { body } = await admin
        .get(`/api/fuel-logs?limit=5&page=99&depth=0&${query}`)
        .expect(200)
      return body as Page & { totalDocs: number }
    }
    const plain = { all: await read(''), none: await read('where[notes][equals]=none') }
    expect([plain.all.totalDocs, plain.none.totalDocs]).toEqual([ROWS, 0])
    expect(await read('where[vehicle.make][equals]=Honda')).toEqual(plain.all)
    expect(await read('where[vehicle.make][equals]=Saab')).toEqual(plain.none)
  })

  it('have every row once at a competitor', async () => {
    const read = async (page: number) =>
      (
        await manager
          .get(`/api/competitors/${competitor}/inventory?limit=${A_PAGE}&page=${page}`)
          .expect(200)
      ).body as Page
    const ids = new Set<string>()
    for (const page of PAGES) for (const { id } of (await read(page)).docs) ids.add(id)
    expect(ids.size).toBe(ROWS)
  })

  it.each(['4', '1000', '1000000000', '99999999999999'])(
    'are empty after the last row: page %s',
    async (page) => {
      for (const api of [manager, forecourt.anonymous]) {
        const { body } = await api.get(`/api/inventory?limit=${A_PAGE}&page=${page}`).expect(200)
        expect(body).toMatchObject({ docs: [], totalDocs: ROWS, hasNextPage: false })
      }
    },
  )
})
