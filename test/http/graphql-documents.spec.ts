import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { captureConsole } from '../support/console.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

/** What libraries write past the log; nothing may. */
const written = captureConsole()

const word = fc.constantFrom(
  'Inventories',
  'docs',
  'id',
  'vin',
  'totalDocs',
  'nothing',
  '__typename',
  '__schema',
  'countInventories',
  'sourceSubmission',
)
const argument = fc.constantFrom(
  '',
  '',
  '(limit: 1)',
  '(limit: $n)',
  '(where: { make: { equals: $m } })',
  '(where: $w)',
  '(sort: "-price")',
  '(limit: "a")',
  '(page: 1e999)',
)
const directive = fc.constantFrom(
  '',
  '',
  '@include(if: true)',
  '@skip(if: $b)',
  '@include',
  '@skip(if: 1)',
  '@a',
  '@deprecated',
)
const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
  selection: fc
    .array(tie('field'), { minLength: 1, maxLength: 3 })
    .map((parts) => `{ ${parts.join(' ')} }`),
  field: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.tuple(word, argument, directive).map((parts) => parts.join(' ')),
    fc.tuple(word, argument, directive, tie('selection')).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom('...a', '...b', '...c'), directive).map((parts) => parts.join(' ')),
    fc
      .tuple(
        fc.constantFrom('... on Inventory', '... on Query', '... on Nothing', '...'),
        directive,
        tie('selection'),
      )
      .map((parts) => parts.join(' ')),
  ),
}))
const header = fc.constantFrom(
  '',
  'query',
  'query a',
  'query a($n: Int, $b: Boolean, $m: String, $w: Inventory_where)',
  'query a($b: Boolean! = true)',
  'mutation',
  'subscription s',
  'query a($n: Nothing)',
)
const definition = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(header, directive, selection).map((parts) => parts.join(' ')) },
  fc
    .tuple(
      fc.constantFrom('fragment a on Inventory', 'fragment b on Query', 'fragment c on Nothing'),
      selection,
    )
    .map((parts) => parts.join(' ')),
)
const variables = fc.option(
  fc.dictionary(
    fc.constantFrom('n', 'b', 'm', 'w', '__proto__'),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, true, 1, 'a')),
  ),
  { nil: undefined },
)

describe('whatever document is asked', () => {
  it('is answered with data or with errors, and writes nothing past the log', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(definition, { minLength: 1, maxLength: 4 }),
        variables,
        fc.constantFrom(undefined, 'a', 'b'),
        async (parts, values, operationName) => {
          const { status, body } = await forecourt.anonymous
            .post('/api/graphql')
            .send({ query: parts.join(' '), variables: values, operationName })
          expect([200, 400]).toContain(status)
          expect('data' in body || Array.isArray(body.errors)).toBe(true)
          expect(written).toEqual([])
        },
      ),
      { numRuns: 400, seed: 20_261_128, endOnFailure: true },
    )
  }, 120_000)
})
