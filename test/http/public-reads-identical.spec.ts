import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import pg from 'pg'
import { handleEndpoints } from 'payload'
import { type FastList, createFastList } from '../../src/server/public-reads/fast-list.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { UNUSUAL_TEXTS, seedUnusualCars } from '../support/unusual-cars.ts'
import { ORIGIN } from '../support/settings.ts'

let forecourt: TestForecourt
let list: FastList
beforeAll(async () => {
  forecourt = await openForecourt()
  await seedUnusualCars(forecourt.url, 240)
  const made = createFastList({
    payload: forecourt.payload,
    slug: 'inventory',
    table: 'inventory',
    origin: ORIGIN,
  })
  if (typeof made === 'string') throw new Error(made)
  list = made
}, 600_000)
afterAll(() => forecourt.close())

/** What Payload's own handler answers, without anything of ours in between. */
async function plain(query: string): Promise<{ status: number; text: string }> {
  const config = Promise.resolve(forecourt.payload.config)
  const response = await handleEndpoints({
    config,
    request: new Request(`${ORIGIN}/api/inventory?${query}`),
  })
  return { status: response.status, text: await response.text() }
}

const texts = [
  'make',
  'model',
  'trim',
  'vin',
  'description',
  'thumbnail',
  'bodyStyle',
  'status',
  'title',
]
const numbers = ['year', 'price', 'mileage', 'msrp', 'doors', 'owners']
const moments = ['listedAt', 'createdAt', 'updatedAt', 'soldAt']
const hidden = ['cost', 'createdBy', 'sourceSubmission', 'updatedBy']
const from = (...values: string[]) => fc.constantFrom(...values)
const text = fc.oneof(
  from('Honda', 'Mazda', 'a', '%', '_', '', 'null', "O'Neil", '\\', 'available', 'hold'),
  fc.constantFrom(...UNUSUAL_TEXTS),
  fc.string({ maxLength: 6 }),
)
const number = fc.oneof(
  from('0', '1', '2021', '24500.5', '99999999.99', '-1', 'abc', '1e3', '0.3', ''),
  fc.integer({ min: 1990, max: 2030 }).map(String),
)
const moment = from(
  '2026-01-01',
  '2026-03-01T00:00:00.000Z',
  '2026-02-11T10:11:12.345Z',
  'yesterday',
  '',
)
const flag = from('true', 'false', 'null')

type Condition = [path: string, operator: string, value: string]
const about = (
  names: string[],
  operators: string[],
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Condition> => fc.tuple(from(...names), from(...operators), value)
const compare = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'greater_than',
  'greater_than_equal',
  'less_than',
  'less_than_equal',
]
const condition = fc.oneof(
  {
    weight: 4,
    arbitrary: about(
      texts,
      ['equals', 'not_equals', 'in', 'not_in', 'like', 'not_like', 'contains'],
      text,
    ),
  },
  { weight: 4, arbitrary: about(numbers, compare, number) },
  { weight: 3, arbitrary: about(moments, compare, moment) },
  {
    weight: 3,
    arbitrary: about(
      [...texts, ...numbers, ...moments, 'images', 'featured', 'id'],
      ['exists'],
      flag,
    ),
  },
  { weight: 1, arbitrary: about(['featured', 'serviceRecords'], ['equals', 'not_equals'], flag) },
  {
    weight: 1,
    arbitrary: about(
      ['images', 'features', 'id', 'confirmVin', 'nothing', ...hidden],
      ['equals', 'contains', 'like', 'near', 'in'],
      text,
    ),
  },
)
const where = fc.oneof(
  condition.map((one) => [['where', one] as const]),
  fc
    .tuple(from('and', 'or'), fc.array(condition, { minLength: 1, maxLength: 3 }))
    .map(([word, all]) => all.map((one, i) => [`where[${word}][${i}]`, one] as const)),
  fc.tuple(condition, condition, condition).map(
    ([a, b, c]) =>
      [
        [`where`, a],
        ['where[or][0][and][0]', b],
        ['where[or][0][and][1]', c],
      ] as const,
  ),
)
const sort = fc.array(
  fc.tuple(
    from('', '-'),
    fc.oneof(
      { weight: 9, arbitrary: from(...texts, ...numbers, ...moments, 'id') },
      { weight: 1, arbitrary: from(...hidden, 'nothing', 'images') },
    ),
  ),
  { minLength: 1, maxLength: 2 },
)
const select = fc.tuple(
  from('true', 'false'),
  fc.array(from(...texts, ...numbers, ...moments, 'images', 'cost', 'featured', 'id', 'nothing'), {
    minLength: 1,
    maxLength: 4,
  }),
)
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

const query = fc
  .record({
    where: sometimes(where),
    sort: sometimes(sort),
    select: sometimes(select),
    limit: sometimes(from('1', '3', '20', '100', '1000', '0', '-1', '2.5', 'ten')),
    page: sometimes(from('1', '2', '3', '40', '0', '-1', 'x')),
    pagination: sometimes(flag),
  })
  .map(({ where = [], sort = [], select, ...rest }) => {
    const pairs = where.map(([prefix, [path, operator, value]]) => [
      `${prefix}[${path}][${operator}]`,
      value,
    ])
    const chosen = select ? select[1].map((name) => [`select[${name}]`, select[0]]) : []
    const order =
      sort.length > 0 ? [['sort', sort.map(([sign, name]) => sign + name).join(',')]] : []
    const others = Object.entries(rest).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    )
    return [...pairs, ...chosen, ...order, ...others]
      .map((pair) => pair.map((part) => encodeURIComponent(part)).join('='))
      .join('&')
  })

describe('a list that is read past Payload', () => {
  it('is to the byte what Payload answers, for any query', async () => {
    let fast = 0
    let answered = 0
    await fc.assert(
      fc.asyncProperty(query, async (requested) => {
        const expected = await plain(requested)
        const text = await list(requested, null)
        if (expected.status === 200) answered++
        if (text === null) return
        fast++
        expect({ status: 200, text }).toEqual(expected)
      }),
      { numRuns: 400 },
    )
    expect(fast / answered).toBeGreaterThan(0.7)
  }, 600_000)

  it('is so for the default list, and its rows are all there', async () => {
    const text = await list('limit=100', null)
    expect(text).toBe((await plain('limit=100')).text)
    expect(JSON.parse(text ?? '').docs).toHaveLength(100)
  })

  it('is left to Payload while a row has a value that JavaScript writes in another way', async () => {
    const client = new pg.Client({ connectionString: forecourt.url })
    await client.connect()
    for (const change of [
      `listed_at = '20001-01-01Z'`,
      `listed_at = 'infinity'`,
      `price = 'NaN'`,
      `features = '"12"'`,
    ]) {
      await client.query(
        `begin; update inventory set ${change} where vin = 'ODD00000000000000'; commit`,
      )
      expect([change, await list('where[vin][equals]=ODD00000000000000', null)]).toEqual([
        change,
        null,
      ])
      await client.query(
        'update inventory set listed_at = now(), price = 1, features = null where vin = ' +
          `'ODD00000000000000'`,
      )
    }
    expect(await list('where[vin][equals]=ODD00000000000000', null)).not.toBeNull()
    await client.end()
  })

  it('is left to Payload where it asks for more than the table', async () => {
    for (const requests of [
      'joins[x][limit]=1&draft=true',
      'where[createdBy.name][equals]=x',
      'sort=createdBy.name',
      'where[cost][exists]=true',
    ])
      expect([requests, await list(requests, null)]).toEqual([requests, null])
  })
})
