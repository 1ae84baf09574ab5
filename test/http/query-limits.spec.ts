import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar, saveSubtype, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'
import { measureCost } from '../support/processor-time.ts'

let forecourt: TestForecourt
let manager: Api
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  owner = await forecourt.asOwner()
  for (let i = 0; i < 12; i++)
    await saveCar(forecourt.payload, { make: `Make ${i}`, price: 1_000 + i })
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  await saveSubtype(forecourt.payload, 'Routine maintenance', '50% more, "quoted"')
  for (const subtypes of [['Oil change'], ['Oil change', 'Tire rotation'], ['50% more, "quoted"']])
    await owner.api
      .post('/api/maintenance-logs')
      .send({ vehicle, category: 'Routine maintenance', serviceDate: '2026-03-01', subtypes })
      .expect(201)
})
afterAll(() => forecourt.close())

const messageOf = (body: { errors?: { message: string }[] }) => String(body.errors?.[0]?.message)
const many = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))

/** Asks by the body, where a question may be larger than in an address. */
const askByBody = (api: Api, path: string, pairs: [string, string][]) =>
  api
    .post(path)
    .set('X-Payload-HTTP-Method-Override', 'GET')
    .type('form')
    .send(new URLSearchParams(pairs).toString())

describe('a query in a body', () => {
  it('has no other in its address', async () => {
    for (const pairs of [[], [['limit', '1']]] as [string, string][][]) {
      const { body } = await askByBody(manager, '/api/inventory?limit=5', pairs).expect(400)
      expect(messageOf(body)).toBe(
        'Send the query either in the body or in the address, not in both.',
      )
    }
    await askByBody(manager, '/api/inventory', []).expect(200)
  })
})

describe('a where', () => {
  it('has three levels of and and or, and not four', async () => {
    const deep = (levels: number) => many(levels, (i) => (i % 2 ? '[and][0]' : '[or][0]')).join('')
    await manager.get(`/api/inventory?where${deep(3)}[make][equals]=Honda`).expect(200)
    const { body } = await manager
      .get(`/api/inventory?where${deep(4)}[make][equals]=Honda`)
      .expect(400)
    expect(messageOf(body)).toBe("The 'where' has more than 3 levels of 'and' and 'or'.")
  })

  it('has fifty conditions, and not fifty-one', async () => {
    const pairs = (count: number) =>
      many(count, (i) => [`where[or][${i}][make][equals]`, `Make ${i}`] as [string, string])
    const { body } = await askByBody(manager, '/api/inventory', pairs(50)).expect(200)
    expect(body.totalDocs).toBe(12)
    await askByBody(manager, '/api/inventory', pairs(51)).expect(400)
    await askByBody(manager, '/api/inventory/count', pairs(51)).expect(400)
  })

  it(
    'is refused at once when it is large: a thousand branches, five hundred levels, a hundred ' +
      'thousand values',
    async () => {
      const bombs: [string, string][][] = [
        many(1_000, (i) => [`where[or][${i}][make][like]`, 'a']),
        [[`where${'[and][0]'.repeat(500)}[make][equals]`, 'a']],
        [['where[id][in]', many(20_000, () => vehicle).join(',')]],
        [['where[description][like]', '%_'.repeat(5_000)]],
        [['where', JSON.stringify({ or: many(10_000, () => ({ make: { equals: 'a' } })) })]],
      ]
      for (const bomb of bombs) {
        const cost = await measureCost(
          () => manager.get('/api/inventory?limit=1'),
          () => askByBody(forecourt.anonymous, '/api/inventory', bomb),
          ({ status }) => expect([400, 413]).toContain(status),
        )
        expect(cost).toBeLessThan(8)
      }
    },
  )

  it('has lists of a hundred values', async () => {
    const ids = (count: number) =>
      many(count, (i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`).join(',')
    await manager.get(`/api/inventory?where[id][in]=${ids(100)}`).expect(200)
    const { body } = await manager.get(`/api/inventory?where[id][in]=${ids(101)}`).expect(400)
    expect(messageOf(body)).toBe('id — has a list of 101 values; the limit is 100.')
  })

  it.each([
    [`where[make][equals]=${'x'.repeat(1_001)}`, 'has a value of 1001 characters'],
    [`where[make][like]=${'x'.repeat(201)}`, 'has a search string of 201 characters'],
    [`where[description][like]=${'a+'.repeat(11)}`, 'has more than 10 words'],
    ['where[wings][equals]=2', 'wings'],
    [
      'where[make][wings]=2',
      'cannot be filtered with "wings"; the operators are equals, not_equals',
    ],
    ['where[make]=Honda', 'must be written as where[column][operator]=value'],
    ['where[make][equals][a]=1', 'takes single values'],
    ['where[make][equals]=a%00', 'contains the NUL character'],
    ['where[and]=x', "'and' takes a list"],
    ['where[price][near]=1,2,3', 'cannot be filtered with "near"'],
    ['where[price][all]=1', 'cannot be filtered with "all"'],
    ['where[price][equals]=cheap', 'must be a number such as 28900 or 11.2, not "cheap"'],
    ['where[mileage][equals]=1.5', 'must be a whole number up to 2147483647, not "1.5"'],
    ['where[mileage][greater_than]=3000000000', 'must be a whole number'],
    ['where[listedAt][less_than]=soon', 'must be a date and time with a time zone'],
    ['where[listedAt][like]=2026', 'cannot be filtered with "like"'],
    ['where[featured][equals]=maybe', 'must be true or false'],
    ['where[id][equals]=none', 'takes the ID of a row, not "none"'],
    ['where[price][like]=1000', 'cannot be filtered with "like"'],
    ['where[id][in]=1,2', 'takes the ID of a row, not "1"'],
    ['where[sourceSubmission][in]=1', 'takes the ID of a row'],
    ['where[sourceSubmission][greater_than]=1', 'cannot be filtered with "greater_than"'],
    ['where[features][like]=seats', 'cannot be filtered with "like"; the operators are exists'],
    ['where[images.0][equals]=x', 'images is not a reference to another row'],
    ['where[images__0][exists]=true', 'images is not a reference to another row'],
    ['where[sourceSubmission.images.a][equals]=x', 'spans more than one reference'],
    ['where[sourceSubmission.reviewedBy.name.x][equals]=x', 'spans more than one reference'],
  ])('that asks what no column answers is a 400 that says so: %s', async (query, words) => {
    for (const path of ['/api/inventory', '/api/inventory/count']) {
      const { body } = await manager.get(`${path}?${query}`).expect(400)
      expect(messageOf(body)).toContain(words)
    }
    await manager.patch(`/api/inventory?${query}`).send({ featured: true }).expect(400)
  })

  it('takes what the panel asks: no row in mind, a column beyond a reference', async () => {
    for (const query of [
      'where[id][not_equals]=',
      'where[and][0][or][0][title][like]=acc',
      'where[sourceSubmission.make][equals]=Honda',
      'where[status][in][]=sold&where[status][in][]=hold',
      'where[soldAt][equals]=null',
    ])
      await manager.get(`/api/inventory?${query}`).expect(200)
  })

  it('obeys the same limits in GraphQL', async () => {
    const ask = (where: unknown) =>
      queryGraphql(
        manager,
        'query ($where: Inventory_where) { Inventories(where: $where) { totalDocs } }',
        { where },
      )
    expect(
      (await ask({ OR: [{ make: { equals: 'Make 1' } }, { price: { less_than: 1_001 } }] })).data,
    ).toEqual({
      Inventories: { totalDocs: 2 },
    })
    for (const where of [
      { OR: many(51, () => ({ make: { equals: 'a' } })) },
      { OR: [{ AND: [{ OR: [{ AND: [{ make: { equals: 'a' } }] }] }] }] },
      { make: { in: many(101, String) } },
      { images: { within: { a: 1 } } },
      { make: { like: 'a '.repeat(11) } },
      { make: {} },
      { OR: [] },
      { OR: [{ make: { equals: 'a' } }, {}] },
    ]) {
      const { errors } = await ask(where)
      expect(errors?.[0]?.extensions?.statusCode).toBe(400)
    }
  })
})

describe('a list of texts', () => {
  const found = async (query: string) =>
    (await owner.api.get(`/api/maintenance-logs?${query}`).expect(200)).body.totalDocs

  it('finds rows by what it contains, by any of several, and by all it is', async () => {
    expect(await found('where[subtypes][contains]=Oil change')).toBe(2)
    expect(await found('where[subtypes][contains]=Oil')).toBe(0)
    expect(await found('where[subtypes][contains]=50%25 more, "quoted"')).toBe(1)
    expect(await found('where[subtypes][in]=Tire rotation,Nothing')).toBe(1)
    expect(await found('where[subtypes][equals][]=Oil change')).toBe(1)
    expect(await found('where[subtypes][exists]=true')).toBe(3)
    expect(await found('where[subtypes][exists]=false')).toBe(0)
  })

  it.each(['like', 'not_equals', 'not_in', 'greater_than', 'not_like'])(
    'is not asked by %s',
    async (operator) => {
      await owner.api
        .get(`/api/maintenance-logs?where[subtypes][${operator}]=Oil change`)
        .expect(400)
    },
  )

  it('has no paths within it, nor is it compared with a text', async () => {
    await owner.api.get('/api/maintenance-logs?where[subtypes.0][equals]=Oil change').expect(400)
    await owner.api.get('/api/maintenance-logs?where[subtypes][equals]=Oil change').expect(400)
  })
})
