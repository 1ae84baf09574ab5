import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { captureConsole } from '../support/console.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { measureCost } from '../support/processor-time.ts'

let forecourt: TestForecourt
let anonymous: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  anonymous = forecourt.anonymous
  await queryGraphql(anonymous, '{ Inventories { totalDocs } }')
})
afterAll(() => forecourt.close())

/** What libraries write past the log; nothing may. */
const written = captureConsole()

const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')
const ALIASES = `{ ${times(40, (i) => `a${i}: Inventories { totalDocs }`)} }`
const SMALL = '{ Inventories { totalDocs } }'

type Answer = { status: number; body: { data?: unknown; errors?: { message: string }[] } }
const post = (
  type: string,
  body: string,
  headers: Record<string, string> = {},
): PromiseLike<Answer> =>
  anonymous.post('/api/graphql').set('content-type', type).set(headers).serialize(String).send(body)

/** What a refusal, without data, costs the processor, as a multiple of what a small query costs. */
const costOfRefusal = (request: () => PromiseLike<Answer>): Promise<number> =>
  measureCost(
    () => queryGraphql(anonymous, SMALL),
    request,
    ({ status, body }) =>
      expect({
        status: status < 500,
        data: body.data,
        message: typeof body.errors?.[0]?.message,
      }).toEqual({
        status: true,
        data: undefined,
        message: 'string',
      }),
  )

const space = fc.constantFrom('', ' ', '\t', '  ')
const spaced = (text: string) =>
  fc
    .tuple(fc.nat({ max: text.length }), space)
    .map(([at, gap]) => text.slice(0, at) + gap + text.slice(at))
const cased = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((one, i) => (upper[i] ? one.toUpperCase() : one)).join(''))
const mediaType = fc
  .constantFrom(
    'application/json',
    'application/json,application/json',
    'application/graphql-response+json',
    'application/graphql',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'text/plain',
    'application/*',
    'a',
  )
  .chain(cased)
  .chain(spaced)
const parameters = fc.constantFrom(
  '',
  ';',
  ';charset=utf-8',
  '; charset="UTF-8"',
  ';charset=utf-16',
  ';charset=utf-7;charset=utf-8',
  '; a=b; charset=utf-8',
  ';boundary=b',
)
const encoding = fc.constantFrom<Record<string, string>>(
  {},
  {},
  {},
  { 'content-encoding': 'gzip' },
  { 'content-encoding': ' Identity' },
)

describe('a GraphQL request, whatever its content type says', () => {
  it('is never executed without being weighed', async () => {
    await fc.assert(
      fc.asyncProperty(mediaType, parameters, encoding, async (type, more, headers) => {
        const small = await post(type + more, JSON.stringify({ query: SMALL }), headers)
        const large = await post(type + more, JSON.stringify({ query: ALIASES }), headers)
        expect([200, 415]).toContain(small.status)
        expect(small.body.data ? large.status : 400).toBe(400)
        expect(large.body.data).toBeUndefined()
        expect(typeof large.body.errors?.[0]?.message).toBe('string')
      }),
      { numRuns: 150, seed: 20_261_128, endOnFailure: true },
    )
    expect(written).toEqual([])
  }, 120_000)

  it.each([
    'application/ json',
    'application /json',
    'applicatio\tn/json',
    'APPLICATION/JSON ; charset=utf-8',
  ])('is weighed and answered when it is JSON for anybody: %j', async (type) => {
    expect((await post(type, JSON.stringify({ query: SMALL }))).body.data).toEqual({
      Inventories: { totalDocs: 0 },
    })
    expect(
      (await post(type, JSON.stringify({ query: ALIASES }))).body.errors?.[0]?.message,
    ).toContain('15 aliases')
  })

  it('is a 415 that says what to send when it is anything else', async () => {
    const { body } = await anonymous
      .post('/api/graphql')
      .set('content-type', 'text/plain')
      .send('{ x }')
      .expect(415)
    expect(body.errors[0].message).toBe('The body must be sent as application/json.')
    await anonymous.post('/api/graphql').expect(415)
  })
})

/**
 * Fragments that spread the next one twice, n levels: 2^n fields when they are written out, or no
 * field at all.
 */
const doubled = (n: number, last: string) => {
  const part = (i: number) => (i === n - 1 ? last : `...f${i + 1}`)
  const fragments = times(
    n,
    (i) =>
      `fragment f${i} on Vehicle { a: fuelLogs { docs { vehicle { ${part(i)} } } } b: ` +
      `fuelLogs { docs { vehicle { ${part(i)} } } } }`,
  )
  return `{ Vehicles(limit: 1) { docs { ...f0 } } } ${fragments}`
}
const bare = (n: number) =>
  '{ Vehicles { docs { ...f0 } } } ' +
  `${times(n, (i) => `fragment f${i} on Vehicle { ...f${i + 1} ...f${i + 1} }`)}`
const inline = (n: number) =>
  `{ Vehicles { docs { ${'... on Vehicle { '.repeat(n)}id${' }'.repeat(n)} } } }`
const login = (i: number) =>
  `l${i}: loginUser(email: "a@forecourt.example", password: "wrong ${i}") { token }`

const BOMBS: [string, object][] = [
  ...[15, 17, 19, 25, 60].flatMap((n): [string, object][] => [
    [`${n} fragments that double`, { query: doubled(n, 'id') }],
    [`${n} fragments that double and hold no field`, { query: bare(n) }],
  ]),
  ['500 equal lists', { query: `{ ${'Inventories { totalDocs } '.repeat(500)} }` }],
  [
    '240 equal lists within one',
    { query: `{ Vehicles { docs { ${'fuelLogs { totalDocs } '.repeat(240)} } } }` },
  ],
  [
    'deep equal lists',
    {
      query:
        '{ Vehicles { docs { ' +
        `${`fuelLogs { docs { ${'vehicle { id } '.repeat(20)} } } `.repeat(11)} } } }`,
    },
  ],
  ['390 equal fields', { query: `{ Vehicles { docs { ${'id '.repeat(390)} } } }` }],
  [
    '90 equal lists',
    { query: `{ Vehicles { docs { ${'fuelLogs { totalDocs } '.repeat(90)} } } }` },
  ],
  ['600 inline fragments', { query: inline(600) }],
  ['80 sign-ins', { query: `mutation { ${times(80, login)} }` }],
  [
    '300 unknown fields',
    { query: `{ Inventories { docs { ${times(300, (i) => `vinn${i}`)} } } }` },
  ],
  ['a name of 15 KB', { query: `{ ${'n'.repeat(15_000)} }` }],
  [
    '500 unknown columns in a literal',
    { query: `{ Inventories(where: { ${times(400, (i) => `mak${i}: 1`)} }) { totalDocs } }` },
  ],
  ['a directive without its argument', { query: '{ Inventories @include { totalDocs } }' }],
  [
    'a directive with null',
    {
      query: 'query ($x: Boolean = true) { Inventories @skip(if: $x) { totalDocs } }',
      variables: { x: null },
    },
  ],
  [
    'a directive with an unknown variable',
    { query: '{ Inventories @skip(if: $x) { totalDocs } }' },
  ],
  ['an unknown directive', { query: '{ Inventories @nothing(if: true) { totalDocs } }' }],
  ['a subscription', { query: 'subscription { x }' }],
  [
    'a subscription beside a query',
    { query: 'query a { Inventories { totalDocs } } subscription b { x }', operationName: 'a' },
  ],
  [
    'an operation of nobody',
    { query: 'query a { Inventories { totalDocs } }', operationName: 'b' },
  ],
  ['several operations and no name', { query: 'query a { __typename } query b { __typename }' }],
  ['only a fragment', { query: 'fragment a on Inventory { id }' }],
  ['a schema', { query: 'type Query { a: Int }' }],
  ['an operationName that is no text', { query: SMALL, operationName: {} }],
  ['variables that are a list', { query: SMALL, variables: [1] }],
  [
    '80,000 variables',
    {
      query: SMALL,
      variables: Object.fromEntries(Array.from({ length: 80_000 }, (_, i) => [`k${i}`, 1])),
    },
  ],
  [
    '80,000 columns in a variable',
    {
      query: 'query ($w: Inventory_where) { Inventories(where: $w) { totalDocs } }',
      variables: { w: Object.fromEntries(Array.from({ length: 80_000 }, (_, i) => [`k${i}`, 1])) },
    },
  ],
  [
    '400 unknown columns in a variable',
    {
      query: 'query ($w: Inventory_where) { Inventories(where: $w) { totalDocs } }',
      variables: { w: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`make${i}`, 1])) },
    },
  ],
]

describe('a GraphQL request that is made to be dear, or to make the server fail', () => {
  it.each(BOMBS)('is refused with words, for little of the processor: %s', async (_name, body) => {
    const text = JSON.stringify(body)
    expect(await costOfRefusal(() => post('application/json', text))).toBeLessThan(8)
    expect(written).toEqual([])
  })

  it('is refused the same at a path that Express takes for this one', async () => {
    for (const path of ['/api/graphql/', '/api/GraphQL', '/api/graphql?query={x}&locale=de'])
      expect(
        (await anonymous.post(path).send({ query: ALIASES })).body.errors[0].message,
      ).toContain('15 aliases')
  })

  it('executes no mutation and no query from an address', async () => {
    for (const query of ['mutation { logoutUser }', SMALL])
      await anonymous.get(`/api/graphql?query=${encodeURIComponent(query)}`).expect(405)
  })
})
