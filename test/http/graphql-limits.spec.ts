import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getIntrospectionQuery } from 'graphql'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { measureCost } from '../support/processor-time.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  await queryGraphql(forecourt.anonymous, '{ Inventories { totalDocs } }')
})
afterAll(() => forecourt.close())

const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')
const nested = (depth: number, field: string) =>
  `${`${field} { `.repeat(depth)}id${' }'.repeat(depth)}`
const doubling = times(18, (i) => `fragment f${i} on Inventory { ...f${i + 1} ...f${i + 1} }`)
const login = (i: number) =>
  `l${i}: loginUser(email: "a@forecourt.example", password: "wrong ${i}") { token }`

/** Questions that are made to be dear. */
const BOMBS: [string, string][] = [
  ['300 aliases', `{ ${times(300, (i) => `a${i}: Inventories { totalDocs }`)} }`],
  ['2000 aliases', `{ ${times(2000, (i) => `a${i}: Inventories { totalDocs }`)} }`],
  ['16 aliases, one too many', `{ ${times(16, (i) => `a${i}: Inventories { totalDocs }`)} }`],
  [
    '2^18 nested fragments',
    `{ Inventories { docs { ...f0 } } } ${doubling} fragment f18 on Inventory { id }`,
  ],
  [
    'a circle of fragments',
    '{ Inventories { docs { ...a } } } fragment a on Inventory { ...b } fragment b on ' +
      'Inventory { ...a }',
  ],
  [
    'a fragment within itself, unused',
    '{ Inventories { totalDocs } } fragment a on Inventory { id ...a }',
  ],
  ['30,000 __typename', `{ ${'__typename '.repeat(30_000)} }`],
  ['5000 copies of a field', `{ Inventories { docs { ${'id '.repeat(5_000)} } } }`],
  ['900 copies of a field', `{ Inventories { docs { ${'id '.repeat(900)} } } }`],
  ['a name of 900 KB', `{ ${'n'.repeat(900_000)} }`],
  ['20 levels', `{ Inventories { docs { ${nested(18, 'createdBy')} } } }`],
  ['9 levels of the schema', `{ __schema { ${nested(8, 'types')} } }`],
  ['1000 directives', `{ Inventories { totalDocs ${'@include(if: true) '.repeat(1_000)} } }`],
  ['21 directives', `{ Inventories { totalDocs ${'@include(if: true) '.repeat(21)} } }`],
  ['80 sign-ins', `mutation { ${times(80, login)} }`],
  ['two sign-ins', `mutation { ${times(2, login)} }`],
  ['a sign-in and a sign-out', `mutation { ${login(1)} logoutUser }`],
  [
    'sign-ins behind fragments',
    `mutation { ...a ...b } fragment a on Mutation { ${login(1)} } fragment b on Mutation { ` +
      `${login(2)} }`,
  ],
  ['no document', '{'],
  ['nothing', ''],
]

type Answer = { status: number; body: { errors?: { message: string }[] } }

/** What a refusal costs the processor, as a multiple of what a small query costs. */
const costOf = (request: () => PromiseLike<Answer>): Promise<number> =>
  measureCost(
    () => queryGraphql(forecourt.anonymous, '{ Inventories { totalDocs } }'),
    request,
    ({ status, body }) =>
      expect({ status, message: typeof body.errors?.[0]?.message }).toEqual({
        status: 400,
        message: 'string',
      }),
  )

describe('a GraphQL document that is too large', () => {
  it.each(BOMBS)('is a 400 at once: %s', async (_name, query) => {
    expect(
      await costOf(() => forecourt.anonymous.post('/api/graphql').send({ query })),
    ).toBeLessThan(8)
  })

  it('says which limit it meets', async () => {
    const { body } = await forecourt.anonymous.post('/api/graphql').send({ query: BOMBS[0]?.[1] })
    expect(body.errors[0].message).toBe('The query has more than 15 aliases.')
  })

  it('is refused without a password being tried', async () => {
    const { body } = await forecourt.anonymous
      .post('/api/graphql')
      .send({ query: `mutation { ${times(2, login)} }` })
    expect(body.errors[0].message).toContain('1 attempt to sign in')
    expect(body.data).toBeUndefined()
  })
})

describe('a GraphQL body', () => {
  it.each([
    [
      'a batch',
      JSON.stringify(
        Array.from({ length: 100 }, () => ({ query: '{ Inventories { totalDocs } }' })),
      ),
    ],
    [
      'deep variables',
      `{"query":"{ __typename }","variables":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
    ],
    [
      'deep lists',
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    ],
    ['an unfinished text', `{"query":"${'\\"'.repeat(400_000)}`],
    ['no query', '{}'],
    ['a query that is no text', '{"query":{"a":1}}'],
    ['a number', '5'],
    ['null', 'null'],
  ])('is a 400 at once: %s', async (_name, text) => {
    const ask = () =>
      forecourt.anonymous.post('/api/graphql').set('content-type', 'application/json').send(text)
    expect(await costOf(ask)).toBeLessThan(8)
  })

  it('is never read from a GET', async () => {
    const { status } = await forecourt.anonymous.get(
      `/api/graphql?query=${encodeURIComponent('mutation { logoutUser }')}`,
    )
    expect(status).toBe(405)
  })
})

describe('a GraphQL document of ordinary size', () => {
  it('is answered: fifteen questions, fragments, variables, and what a tool asks of the schema', async () => {
    const { anonymous } = forecourt
    const many = await queryGraphql(
      anonymous,
      `{ ${times(15, (i) => `a${i}: Inventories { totalDocs }`)} }`,
    )
    expect(many.errors).toBeUndefined()
    const query = `query ($make: String) { Inventories(where: { make: { equals: $make } }) { docs {
      ...car } } }
      fragment car on Inventory { id make ...more } fragment more on Inventory { model year
        @include(if: true) }`
    expect((await queryGraphql(anonymous, query, { make: 'Honda' })).errors).toBeUndefined()
    expect((await queryGraphql(anonymous, getIntrospectionQuery())).errors).toBeUndefined()
  })

  it('that asks for too much is refused with its cost', async () => {
    const { errors } = await queryGraphql(
      forecourt.anonymous,
      `{ ${times(15, (i) => `a${i}: Inventories { docs { ${FIELDS} } }`)} }`,
    )
    expect(errors?.[0]?.message).toContain('maximum complexity of 300')
  })
})

const FIELDS =
  'id vin make model year price mileage trim condition status doors engine transmission ' +
  'drivetrain fuelType msrp owners accidents listedAt soldAt featured stockNumber'
