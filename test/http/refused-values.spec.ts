import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
let id: string
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  id = (await saveCar(forecourt.payload)).id
})
afterAll(() => forecourt.close())

const NEXT_YEAR = new Date().getUTCFullYear() + 1

/**
 * The field that a write was refused for, and the words; fails when it was not refused with a 400.
 */
async function refusals(about: object) {
  const made = await manager.post('/api/inventory').send({ ...aCar(), ...about })
  const changed = await manager.patch(`/api/inventory/${id}`).send(about)
  return [made, changed].map(({ status, body }) => {
    const [error] = body.errors?.[0]?.data?.errors ?? []
    return { status, field: error?.path, message: String(error?.message) }
  })
}

describe('a number that a double does not keep', () => {
  it.each([
    ['price', 'price', '28900.000000000001'],
    ['year', 'year', '2020.9999999999999999'],
    ['mileage', 'mileage', '12345678901234567890'],
    ['mileage', 'mileage', '1e400'],
    ['details', 'details.a.0', '{"a":[12345678901234567890]}'],
    ['details', 'details.a', '{"a":1e400}'],
  ])('is refused in %s at %s: %s', async (field, path, literal) => {
    const change = `{"${field}":${literal}}`
    const made = JSON.stringify({ ...aCar(), [field]: 0 }).replace(
      `"${field}":0`,
      change.slice(1, -1),
    )
    const about = { path, message: expect.stringContaining('has more digits than can be stored') }
    for (const sent of [
      manager.patch(`/api/inventory/${id}`).type('json').send(change),
      manager.patch('/api/inventory?where[make][equals]=Honda').type('json').send(change),
      manager.post('/api/inventory').type('json').send(made),
    ])
      expect((await sent.expect(400)).body.errors[0]).toMatchObject(about)
  })

  it('is refused in variables and in documents of GraphQL', async () => {
    const query =
      `mutation ($data: mutationInventoryUpdateInput!) { updateInventory(id: "${id}", data: ` +
      '$data) { id } }'
    const body = JSON.stringify({ query, variables: { data: { price: 0 } } }).replace(
      '"price":0',
      '"price":28900.000000000001',
    )
    const { body: inVariables } = await manager.post('/api/graphql').type('json').send(body)
    expect(inVariables.errors[0].message).toContain(
      'variables.data.price has more digits than can be stored',
    )
    const literal = `mutation { updateInventory(id: "${id}", data: { price: 28900.000000000001 }) {
      id } }`
    const { body: inDocument } = await manager.post('/api/graphql').send({ query: literal })
    expect(inDocument.errors[0].message).toContain(
      'price has more digits than can be stored: 28900.000000000001',
    )
  })
})

describe('a value that cannot be', () => {
  it.each([
    ['price', 0, 'must be 0.01 or more, not 0'],
    ['price', -1, 'must be 0.01 or more, not -1'],
    ['price', 19.999, 'must have at most two decimal places, not 19.999'],
    ['price', 1e12, 'must be 99999999.99 or less'],
    ['price', 'a lot', 'must be a number'],
    ['price', '28,900', 'must be a number such as 28900 or 11.2, not "28,900"'],
    ['mileage', '62k', 'not "62k"'],
    ['price', true, 'must be a number such as 28900 or 11.2, not true'],
    ['price', null, 'is required'],
    ['price', { equals: 5 }, ''],
    ['price', [5], ''],
    ['cost', -0.01, 'must be 0 or more'],
    ['msrp', 1.001, 'two decimal places'],
    ['price', 28900.000000001, 'must have at most two decimal places, not 28900.000000001'],
    ['price', '38.7400000001', 'must have at most two decimal places'],
    ['year', '2020.9999999999999999', 'has more digits than can be stored'],
    ['mileage', '30999.99999999999999999', 'has more digits than can be stored'],
    ['mileage', 0, 'must be 1 or more, not 0'],
    ['mileage', -1, 'must be 1 or more'],
    ['mileage', 10.5, 'must be a whole number, not 10.5'],
    ['mileage', 3e9, 'must be 2147483647 or less'],
    ['mileage', null, 'is required'],
    ['year', 1899, 'must be 1900 or more, not 1899'],
    ['year', NEXT_YEAR + 1, `must be ${NEXT_YEAR} (the next model year) or earlier`],
    ['year', 2020.5, 'must be a whole number'],
    ['doors', 10, 'must be 9 or less'],
    ['owners', -1, 'must be 0 or more'],
    ['make', '', 'is required'],
    ['make', '   ', 'is required'],
    ['make', '\u200b \u00ad\u3164', 'is required'],
    ['make', 'Hon\u202eda', 'U+202E'],
    ['trim', '\u2066EX', 'U+2066'],
    ['make', 5, 'must be a string, not 5'],
    ['make', { a: 1 }, 'must be a string, not {"a":1}'],
    ['make', ['Honda'], 'must be a string'],
    ['make', 'x'.repeat(101), 'must have at most 100 characters, not 101'],
    ['make', 'Hon\u0000da', 'NUL'],
    ['description', 5, 'must be a string, not 5'],
    ['description', 'a\u0000', 'NUL'],
    ['stockNumber', 'x'.repeat(51), 'must have at most 50 characters'],
    ['stockNumber', 'a\u0000', 'NUL'],
    ['stockNumber', { like: '%' }, 'must be a string'],
    ['status', 'gone', 'must be one of available, pending, hold, sold, not "gone"'],
    ['status', 'constructor', 'must be one of'],
    ['status', 7, 'must be one of available, pending, hold, sold, not 7'],
    ['status', ['sold'], 'must be one of'],
    ['featured', 'maybe', ''],
    ['features', 'Heated seats', 'must be a list of strings'],
    ['features', [1], 'entry 1 must be text of 1 to 200 characters'],
    ['features', ['ok', ' '], 'entry 2 must be text'],
    ['features', Array.from({ length: 201 }, () => 'x'), 'has 201 entries; the limit is 200'],
    ['carfaxUrl', 'javascript:alert(1)', 'must be a URL that starts with https:// or http://'],
    ['carfaxUrl', 'carfax.com/x', 'must be a URL'],
    ['autocheckUrl', `https://a.example/${'x'.repeat(500)}`, 'must have at most 500 characters'],
  ])('is refused at its field: %s %j', async (field, value, words) => {
    for (const refusal of await refusals({ [field]: value })) {
      expect(refusal).toEqual({ status: 400, field, message: expect.stringContaining(words) })
    }
  })

  it('is NaN, which JSON cannot say: the field is missing', async () => {
    expect((await refusals({ price: NaN })).map(({ status, field }) => [status, field])).toEqual([
      [400, 'price'],
      [400, 'price'],
    ])
  })
})

describe('a value at the edge', () => {
  it.each([
    { price: 0.01, mileage: 1, year: NEXT_YEAR },
    { price: 99_999_999.99, mileage: 2_147_483_647, cost: 0 },
    { price: 19.99, msrp: 1_000_000.1 },
    { make: 'x'.repeat(100), trim: '🚗'.repeat(25), description: 'x'.repeat(100_000) },
    { features: Array.from({ length: 200 }, () => 'x'.repeat(200)) },
    { trim: null, doors: null, features: null, cost: null, description: null },
  ])('is kept as it was said: %#', async (about) => {
    const { body } = await manager
      .post('/api/inventory')
      .send({ ...aCar(), ...about })
      .expect(201)
    const read = await manager.get(`/api/inventory/${body.doc.id}`).expect(200)
    expect(read.body).toMatchObject(about)
  })

  it('needs the oldest model year too: a car of 1900', async () => {
    await manager
      .post('/api/inventory')
      .send({ ...aCar(), year: 1900, vin: 'CHASSIS1900' })
      .expect(201)
  })
})

describe('a body that says what no column knows', () => {
  it('is taken without it', async () => {
    const { body } = await manager
      .post('/api/inventory')
      .send({ ...aCar(), wings: 2, __proto__: { admin: true }, constructor: 'x' })
      .expect(201)
    expect(body.doc).not.toHaveProperty('wings')
  })

  it.each(['[]', '"text"', '5', 'null', '[{"make":"A"}]'])(
    'is refused when it is no object: %s',
    async (body) => {
      const { status } = await manager
        .post('/api/inventory')
        .set('content-type', 'application/json')
        .send(body)
      expect(status).toBe(400)
    },
  )
})

describe('hostile text in place of a VIN', () => {
  const right = '1HGCM82633A004352'
  it.each([
    ['look-alikes', right.replace('H', 'Н').replace('C', 'С')],
    ['a dotless i', `ı${right.slice(1)}`],
    ['the letters I, O and Q', 'IHGCM82633AOO4352'],
    ['NUL', `${right.slice(0, 16)}\u0000`],
    ['SQL', "'; drop table inventory; --"],
    ['a lone surrogate', `${right.slice(0, 16)}\ud800`],
    ['right-to-left marks around nothing', '\u202e\u202d'],
    ['999 KB', 'A'.repeat(999_000)],
    ['999 KB of spaces', ' '.repeat(999_000)],
  ])('is refused at its field: %s', async (_what, vin) => {
    const [refused] = await refusals({ vin })
    expect(refused).toMatchObject({ status: 400, field: 'vin' })
    expect(refused?.message).toMatch(/^[ -~…]{1,400}$/)
  })

  it('does no harm as a filter', async () => {
    for (const vin of ["'; drop table inventory; --", 'A'.repeat(200), '%', '\\']) {
      await forecourt.anonymous
        .get('/api/inventory')
        .query({ 'where[vin][equals]': vin })
        .expect(200)
      await forecourt.anonymous.get('/api/inventory').query({ 'where[vin][like]': vin }).expect(200)
    }
    for (const vin of ['\u0000', 'A'.repeat(5_000)])
      await forecourt.anonymous
        .get('/api/inventory')
        .query({ 'where[vin][equals]': vin })
        .expect(400)
  })
})
