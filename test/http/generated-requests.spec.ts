import { request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { HttpServer } from '../../src/server/http-server.ts'
import { LIMITS } from '../../src/server/connection-limits.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { measureCheapest, measureCost, measureProcessorMs } from '../support/processor-time.ts'
import { isExhaustive, SEED } from '../support/sampling.ts'

let forecourt: TestForecourt
let server: HttpServer
let authorizations: Record<Caller, string | null>
beforeAll(async () => {
  forecourt = await openForecourt({ OWNER_WRITES_PER_MINUTE: '100000' })
  server = new HttpServer(forecourt.app, { limits: LIMITS, maxConnections: 100 })
  await server.listen(0, '127.0.0.1')
  const admin = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'admin'))
  authorizations = {
    anonymous: null,
    owner: `Bearer ${(await forecourt.asOwner()).token}`,
    admin: `JWT ${admin}`,
  }
  // builds the schema, once
  await ask({ ...GRAPHQL, caller: 'admin', text: '{"query":"{ Inventories { totalDocs } }"}' })
})
afterAll(async () => {
  await server.stop(1_000)
  await forecourt.close()
})

type Caller = 'anonymous' | 'owner' | 'admin'
type Generated = { caller: Caller; method: string; path: string; type: string; text: string }

const GRAPHQL = { method: 'post', path: '/api/graphql', type: 'application/json' }

/** What one request may cost the processor, as a multiple of what a small read costs. */
const MAX_COST = 60
const RUNS = isExhaustive() ? 300 : 100

/**
 * Sends a request as it is; a connection that is cut while the body is still sent has refused it.
 */
function ask({ caller, method, path, type, text }: Generated): Promise<number | 'cut'> {
  const authorization = authorizations[caller]
  return new Promise((resolve) => {
    const { port } = server.node.address() as AddressInfo
    const headers = {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      ...(authorization && { authorization }),
    }
    const req = send({ port, path, method, headers }, (res) =>
      res.resume().once('end', () => resolve(res.statusCode ?? 0)),
    )
    req.once('error', () => resolve('cut'))
    req.end(text)
  })
}

const askSmall = () =>
  ask({ caller: 'anonymous', method: 'get', path: '/api/inventory?limit=1', type: '', text: '' })

const mediaType = fc
  .tuple(
    fc.constantFrom(
      'application/json',
      'multipart/form-data',
      'application/graphql',
      'text/plain',
      'application/x-www-form-urlencoded',
    ),
    fc.constantFrom('', ' ', '\t'),
    fc.constantFrom('', ';charset=utf-8', '; boundary=b', ';charset=utf-16', ', application/json'),
    fc.boolean(),
  )
  .map(([type, space, rest, upper]) => {
    const spaced = type.replace('/', `/${space}`)
    return (upper ? spaced.toUpperCase() : spaced) + rest
  })

const size = fc.constantFrom(1, 30, 600, 20_000)
const pieces = (count: number, one: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i)).join()

/**
 * Bodies whose cost could grow with their size, in each way that a parser or a walk can be made to
 * work.
 */
const body = fc.oneof(
  size.map((count) => `{${pieces(count, (i) => `"k${i}":1`)}}`),
  size.map((count) => `{"features":[${pieces(count, () => '"a"')}]}`),
  size.map((count) => '{"a":'.repeat(count) + '1' + '}'.repeat(count)),
  size.map((count) => JSON.stringify({ email: 'a'.repeat(count), password: 'b'.repeat(count) })),
  size.map(
    (count) =>
      '--b\r\nContent-Disposition: form-data; ' +
      `name="_payload"\r\n\r\n{${pieces(count, (i) => `"k${i}":1`)}}\r\n--b--\r\n`,
  ),
  size.map((count) => '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(count)),
  fc.string({ maxLength: 300 }),
  fc.json({ maxDepth: 6 }),
)

/** GraphQL documents: wide, aliased, deep, of fragments in fragments, and with wide variables. */
const document = fc.oneof(
  size.map((count) => `{ Inventories(limit: 1) { docs { ${'id '.repeat(count)} } } }`),
  size.map((count) => `{ ${pieces(count, (i) => `a${i}: Inventories(limit: 1) { totalDocs }`)} }`),
  fc.integer({ min: 1, max: 40 }).map((levels) => {
    const inner = (i: number) => (i === levels - 1 ? 'id' : `...f${i + 1}`)
    const fragments = Array.from(
      { length: levels },
      (_, i) =>
        `fragment f${i} on Vehicle { a: fuelLogs { docs { vehicle { ${inner(i)} } } } b: ` +
        `fuelLogs { docs { vehicle { ${inner(i)} } } } }`,
    )
    return `{ Vehicles(limit: 1) { docs { ...f0 } } } ${fragments.join(' ')}`
  }),
  fc.constantFrom(
    'subscription { x }',
    'mutation { x }',
    '{',
    'query a { __schema { types { name } } } query b { a }',
  ),
)
const graphqlBody = fc
  .tuple(document, size)
  .map(
    ([query, count]) =>
      `{"query":${JSON.stringify(query)},"variables":{${pieces(count, (i) => `"v${i}":1`)}}}`,
  )

const PATHS = [
  '/api/inventory',
  '/api/inventory?where[id][equals]=x',
  '/api/vehicles',
  '/api/documents',
  '/api/fuel-logs/00000000-0000-4000-8000-000000000000',
  '/api/users/login',
  '/api/users/forgot-password',
  '/api/media',
  '/api/me',
  '/api/auth/signup',
  '/api/jobs/prune-sessions/run',
  '/api/vin-evaluation',
  '/api/payload-preferences/a',
  '/auth/logout',
  '/nothing',
]
const ignore = () => undefined
const caller = fc.constantFrom<Caller[]>('anonymous', 'owner', 'admin')
const request = fc.record({
  caller,
  method: fc.constantFrom('post', 'patch', 'delete', 'put', 'get'),
  path: fc.constantFrom(...PATHS),
  type: mediaType,
  text: body,
})
const graphqlRequest = fc.record({
  caller,
  method: fc.constant('post'),
  path: fc.constantFrom('/api/graphql', '/api/graphql/', '/api/GraphQL'),
  type: mediaType,
  text: graphqlBody,
})

it('costs little of the processor, whatever is sent, and none of it is a fault of the server', async () => {
  const answers: (number | 'cut')[] = []
  const smallMs = await measureCheapest(askSmall)
  const property = fc.asyncProperty(fc.oneof(request, graphqlRequest), async (generated) => {
    const first = await measureProcessorMs(async () => answers.push(await ask(generated)))
    // what a request costs it costs each time, beside a small one as well
    const cost =
      first / smallMs > MAX_COST
        ? await measureCost(askSmall, () => ask(generated), ignore)
        : first / smallMs
    const isFaulty = Number(answers.at(-1)) >= 500
    expect({ isFaulty, dear: cost > MAX_COST && cost }).toEqual({ isFaulty: false, dear: false })
  })
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true, seed: SEED })
  const answered = answers.filter((status) => status !== 'cut')
  expect(answered.length).toBeGreaterThan(RUNS / 2)
  expect(new Set(answered).size).toBeGreaterThan(5) // they got to different parts of the product
})
