import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let anonymous: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  anonymous = forecourt.anonymous
  await saveCar(forecourt.payload, { make: 'Toyota', description: 'A red one, well kept' })
})
afterAll(() => forecourt.close())

const anyOf = (columns: readonly string[], words: string, operator = 'like') =>
  columns.map((column, i) => `where[or][${i}][${column}][${operator}]=${words}`).join('&')
const many = (count: number, column: string) => Array.from({ length: count }, () => column)
const SHOPPER = ['title', 'make', 'model', 'trim', 'description']

describe('what one request may make the database search', () => {
  it('is three words in five columns, the description among them, in a list and in a count', async () => {
    for (const path of ['/api/inventory', '/api/inventory/count'])
      expect(
        (await anonymous.get(`${path}?${anyOf(SHOPPER, 'red+well+kept')}`).expect(200)).body
          .totalDocs,
      ).toBe(1)
  })

  it('is not 49 descriptions, nor ten words in one: a 400 that says what would do', async () => {
    for (const operator of ['contains', 'like', 'not_like'])
      for (const path of ['/api/inventory', '/api/inventory/count']) {
        const { body } = await anonymous
          .get(`${path}?${anyOf(many(49, 'description'), 'zq', operator)}`)
          .expect(400)
        expect(body.errors[0].message).toContain('Search for fewer terms, search fewer columns')
      }
    await anonymous.get('/api/inventory?where[description][like]=a+b+c+d+e+f+g+h+i+j').expect(400)
  })

  it('is more for staff, whose panel searches all of its columns', async () => {
    const manager = await forecourt.as('manager')
    await manager.get(`/api/inventory?${anyOf(many(10, 'description'), 'zq')}`).expect(200)
    await manager.get(`/api/inventory?${anyOf(many(20, 'description'), 'zq')}`).expect(400)
  })

  it('counts all lists of a GraphQL request together, their orders and late pages too', async () => {
    const lists = (count: number, args: string) =>
      queryGraphql(
        anonymous,
        '{ ' +
          `${Array.from({ length: count }, (_, i) => `a${i}: Inventories(${args}) { totalDocs }`).join(' ')} ` +
          '}',
      )
    const long = 'where: { description: { contains: "zq" } }'
    expect((await lists(3, long)).errors).toBeUndefined()
    for (const [count, args] of [
      [4, long],
      [15, 'sort: "description"'],
      [15, 'limit: 100, page: 200'],
    ] as const) {
      const { errors } = await lists(count, args)
      expect(errors?.[0]?.extensions?.statusCode).toBe(400)
    }
  })
})

describe('a value that the database holds otherwise than the API answers', () => {
  let manager: Api
  beforeAll(async () => {
    manager = await forecourt.as('manager')
    for (const make of ['Make 1', 'Make 2', 'Make 3']) await saveCar(forecourt.payload, { make })
  })

  const found = async (path: string) =>
    (await manager.get(path).expect(200)).body.totalDocs as number

  it('is found by every spelling that a write would store as it', async () => {
    const { body } = await manager.get('/api/inventory?limit=1&sort=make').expect(200)
    const { vin } = body.docs[0] as { vin: string }
    for (const spelled of [vin.toLowerCase(), `${vin.slice(0, 3)}-${vin.slice(3)}`, ` ${vin} `]) {
      expect(await found(`/api/inventory?where[vin][equals]=${spelled}`)).toBe(1)
      expect(await found(`/api/inventory?where[vin][in]=x,${spelled}`)).toBe(1)
      expect(await found(`/api/inventory?where[vin][not_equals]=${spelled}`)).toBe(3)
    }
    const owner = await forecourt.asOwner()
    await saveVehicle(forecourt.payload, owner.subject, { licensePlate: 'ab 123' })
    expect(
      (await owner.api.get('/api/vehicles?where[licensePlate][equals]=ab  123').expect(200)).body
        .totalDocs,
    ).toBe(1)
    const { user } = (await manager.get('/api/users/me').expect(200)).body
    expect(await found(`/api/users?where[email][equals]=${user.email.toUpperCase()}`)).toBe(1)
  })

  it('is found by its instant, to the millisecond', async () => {
    await forecourt.sql(
      `update inventory set listed_at = '2026-03-01T10:00:00.123456Z' where make = 'Make 1'`,
    )
    const at = (operator: string, instant: string) =>
      found(
        '/api/inventory?where[make][equals]=Make ' +
          `1&where[listedAt][${operator}]=2026-03-01T10:00:00${instant}Z`,
      )
    const [earlier, same, later] = ['.122', '.123', '.124']
    for (const operator of ['equals', 'in', 'greater_than_equal', 'less_than_equal'])
      expect(await at(operator, same)).toBe(1)
    for (const operator of ['not_equals', 'not_in', 'greater_than', 'less_than'])
      expect(await at(operator, same)).toBe(0)
    expect([await at('greater_than', earlier), await at('less_than', later)]).toEqual([1, 1])
    expect([await at('less_than_equal', earlier), await at('greater_than_equal', later)]).toEqual([
      0, 0,
    ])
    expect([
      await at('not_in', `${earlier}Z,2026-03-01T10:00:00${later}`),
      await at('not_equals', ''),
    ]).toEqual([1, 1])
  })

  it('is no value where it is an empty text', async () => {
    await forecourt.sql(
      `update inventory set trim = case make when 'Make 1' then '' else null end
        where make ` + `in ('Make 1', 'Make 2')`,
    )
    await forecourt.sql(
      `update inventory set trim = 'Sport' where trim is null and make <> 'Make 2'`,
    )
    for (const condition of [
      '[equals]=',
      '[equals]=null',
      '[equals]=%20',
      '[exists]=false',
      '[in]=null',
      '[not_in]=Sport',
    ])
      expect([condition, await found(`/api/inventory?where[trim]${condition}`)]).toEqual([
        condition,
        2,
      ])
    for (const condition of ['[not_equals]=', '[exists]=true', '[not_in]=null', '[in]=Sport'])
      expect([condition, await found(`/api/inventory?where[trim]${condition}`)]).toEqual([
        condition,
        2,
      ])
  })

  it('is not revealed by an empty list for a hidden column', async () => {
    for (const condition of ['[in][]=', '[not_in][]=', '[in]=null', '[exists]=true'])
      await forecourt.anonymous.get(`/api/inventory?where[createdBy]${condition}`).expect(400)
  })
})
