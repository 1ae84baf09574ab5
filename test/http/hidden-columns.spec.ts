import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

const COST = 17_389.41

let forecourt: TestForecourt
let id: string
let request: Record<'anonymous' | 'viewer', Api>

beforeAll(async () => {
  forecourt = await openForecourt()
  const manager = await forecourt.as('manager')
  const submission = await manager
    .post('/api/pending-submissions')
    .send({ year: 2021, make: 'Honda', model: 'Accord' })
    .expect(201)
  const made = await manager
    .post('/api/inventory')
    .send(aCar({ cost: COST }))
    .expect(201)
  id = made.body.doc.id
  await forecourt.payload.update({
    collection: 'inventory',
    id,
    data: { sourceSubmission: submission.body.doc.id },
    overrideAccess: true,
  })
  await manager
    .post('/api/inventory')
    .send(aCar({ cost: 3 }))
    .expect(201)
  request = { anonymous: forecourt.anonymous, viewer: await forecourt.as('viewer') }
})
afterAll(() => forecourt.close())

const ORIGINS = ['createdBy', 'updatedBy', 'sourceSubmission']
const HIDDEN = [
  ['anonymous', 'cost'],
  ...ORIGINS.map((field) => ['anonymous', field]),
  ['viewer', 'cost'],
] as ['anonymous' | 'viewer', string][]

describe.each(HIDDEN)('for %s, the column %s', (who, field) => {
  it('is in no answer, however it is asked for', async () => {
    const ways = [
      '',
      '?select[title]=true&select[price]=true',
      `?select[${field}]=true`,
      `?depth=2`,
      `?select[make]=true&select[${field}]=true&depth=2`,
      `?populate[users][email]=true&depth=2`,
    ]
    for (const way of ways) {
      for (const path of [`/api/inventory/${id}${way}`, `/api/inventory${way}`]) {
        const { text } = await request[who].get(path).expect(200)
        expect(text).not.toContain(`"${field}"`)
      }
    }
  })

  it.each([
    ['where', (path: string) => `where[${path}][exists]=true`],
    ['where within or', (path: string) => `where[or][0][${path}][exists]=true`],
    ['where within and', (path: string) => `where[and][0][${path}][exists]=true`],
    ['where deep within', (path: string) => `where[or][0][and][0][or][0][${path}][greater_than]=1`],
    [
      'where beside another condition',
      (path: string) => `where[make][equals]=Honda&where[${path}][not_equals]=0`,
    ],
    ['sort', (path: string) => `sort=${path}`],
    ['sort downwards', (path: string) => `sort=-${path}`],
    ['sort after another column', (path: string) => `sort=make,-${path}`],
    ['sort said twice', (path: string) => `sort=make&sort=${path}`],
    ['sort behind a space', (path: string) => `sort=%20-${path}`],
    ['sort with two signs', (path: string) => `sort=--${path}`],
    [
      'sort by its name in the database',
      (path: string) => `sort=${path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}.x`,
    ],
  ])('cannot be guessed by %s', async (_way, query) => {
    for (const path of [field, `${field}.x`, `${field}.email`]) {
      await request[who].get(`/api/inventory?${query(path)}`).expect(400)
    }
  })

  it('cannot be guessed by counting', async () => {
    await request[who].get(`/api/inventory/count?where[${field}][exists]=true`).expect(400)
    await request[who].get(`/api/inventory/count?where[or][0][${field}][exists]=true`).expect(400)
  })

  it('cannot be guessed by a question in the body', async () => {
    const ask = (body: object) =>
      request[who]
        .post('/api/inventory')
        .set('X-Payload-HTTP-Method-Override', 'GET')
        .type('form')
        .send(body)
    await ask({ [`where[${field}][exists]`]: 'true' }).expect(400)
    await ask({ sort: field }).expect(400)
    const { text } = await ask({ [`select[${field}]`]: 'true' }).expect(200)
    expect(text).not.toContain(`"${field}"`)
  })

  it('is null in GraphQL, and neither filters nor sorts there', async () => {
    const answer = await queryGraphql(
      request[who],
      `{ Inventories { docs { id ${field === 'cost' ? 'cost' : `${field} { id }`} } } }`,
    )
    expect(JSON.stringify(answer)).not.toMatch(/17389|@forecourt/)
    const docs =
      (answer.data?.['Inventories'] as { docs: Record<string, unknown>[] } | null)?.docs ?? []
    expect(docs.filter((doc) => doc[field] !== null && doc[field] !== undefined)).toEqual([])
    for (const query of [
      `{ Inventories(where: { ${field}: { exists: true } }) { totalDocs } }`,
      `{ Inventories(where: { OR: [{ ${field}: { exists: true } }] }) { totalDocs } }`,
      `{ Inventories(where: { AND: [{ ${field}: { exists: true } }] }) { totalDocs } }`,
      `{ Inventories(sort: "-${field}") { totalDocs } }`,
      `{ countInventories(where: { ${field}: { exists: true } }) { totalDocs } }`,
    ]) {
      const { data, errors } = await queryGraphql(request[who], query)
      expect({
        query,
        refused: Boolean(errors?.length),
        told: JSON.stringify(data ?? null).includes('totalDocs'),
      }).toEqual({
        query,
        refused: true,
        told: false,
      })
    }
  })
})

describe('what may be done, as the API tells it,', () => {
  it('names the cost only to those who may read it, and is told to staff alone', async () => {
    const { body } = await request.viewer.get('/api/access').expect(200)
    expect(body.collections?.inventory?.fields?.cost?.read).not.toBe(true)
    await request.anonymous.get('/api/access').expect(403)
  })
})

describe('a viewer', () => {
  it('reads everything else: who made a car and where it came from', async () => {
    const { body } = await request.viewer.get(`/api/inventory/${id}`).expect(200)
    expect(Object.keys(body)).toEqual(expect.arrayContaining(ORIGINS))
  })
})

describe('a manager', () => {
  it('reads, filters and sorts by the cost', async () => {
    const manager = await forecourt.as('manager')
    const { body } = await manager
      .get(`/api/inventory?where[cost][greater_than]=100&sort=-cost`)
      .expect(200)
    expect(body.docs.map((doc: { cost: number }) => doc.cost)).toEqual([COST])
  })
})
