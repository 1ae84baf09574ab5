import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { askGraphql } from '../support/http-graphql.ts'

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
      expect((await anonymous.get(`${path}?${anyOf(SHOPPER, 'red+well+kept')}`).expect(200)).body.totalDocs).toBe(1)
  })

  it('is not 49 descriptions, nor ten words in one: a 400 that says what would do', async () => {
    for (const operator of ['contains', 'like', 'not_like'])
      for (const path of ['/api/inventory', '/api/inventory/count']) {
        const { body } = await anonymous.get(`${path}?${anyOf(many(49, 'description'), 'zq', operator)}`).expect(400)
        expect(body.errors[0].message).toContain('Look for fewer words, in fewer columns')
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
      askGraphql(
        anonymous,
        `{ ${Array.from({ length: count }, (_, i) => `a${i}: Inventories(${args}) { totalDocs }`).join(' ')} }`,
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
