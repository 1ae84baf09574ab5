import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { buildBodyLimits } from '../../src/uploads/body-limits.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import {
  buildHead,
  type CountingServer,
  listenCounting,
  generateChunks,
} from '../support/http-large.ts'

let forecourt: TestForecourt
let server: CountingServer
let token: string
beforeAll(async () => {
  forecourt = await openForecourt({ UPLOADS_AT_ONCE_EACH: '100' })
  token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'manager'))
  server = await listenCounting(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
})

const contentType = fc.oneof(
  fc.constantFrom(
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'Multipart/Form-Data; boundary=b',
    'application/json; x=multipart/form-data',
    'multipart/mixed; boundary=b',
    'application/json',
    'text/plain',
  ),
  fc
    .tuple(
      fc.constantFrom('multipart', 'application', 'a'),
      fc.constantFrom('form-data', 'json', 'x'),
      fc.constantFrom('', ';', '; boundary=b', ' '),
    )
    .map(([type, kind, rest]) => `${type}/${kind}${rest}`),
)
const suffix = fc.constantFrom(
  '',
  '/',
  '//',
  '/login',
  '/login/',
  '/verify/x',
  '/access',
  '/00000000-0000-4000-8000-000000000000',
  '/nothing/at/all',
  '?depth=0',
  '?where[id][exists]=true',
)
const method = fc.constantFrom('POST', 'PATCH', 'PUT')

/**
 * What a connection holds of a body that nobody asked for, and what is read until a body without a
 * length is too large.
 */
const UNREAD_BYTES = 200_000
const READ_BYTES = 1_400_000

it(
  'no body that is larger than its address takes is accepted, whatever the method, address and ' +
    'content type',
  async () => {
    const getLimit = buildBodyLimits(forecourt.payload.config)
    const slugs = forecourt.payload.config.collections.map(({ slug }) => slug)
    const slug = fc.oneof(
      fc.constantFrom('media', 'users', 'inventory'),
      fc.constantFrom(...slugs, 'me', 'graphql', 'jobs/x/run', 'nothing', 'constructor'),
    )
    await fc.assert(
      fc.asyncProperty(
        method,
        slug,
        suffix,
        contentType,
        fc.boolean(),
        async (verb, at, rest, type, saysLength) => {
          const target = `/api/${at}${rest}`
          const path = target.split('?', 1)[0] ?? ''
          const bytes =
            getLimit({
              method: verb,
              path,
              header: (name) => (name === 'content-type' ? type : undefined),
            }) + 1
          const length = saysLength
            ? { 'Content-Length': String(bytes) }
            : { 'Transfer-Encoding': 'chunked' }
          const head = buildHead(verb, target, {
            Authorization: `Bearer ${token}`,
            'Content-Type': type,
            ...length,
          })
          const body = saysLength ? generateChunks(65_536) : chunked(Math.min(bytes, 1_100_000))
          const { status, read } = await server.send(head, body)
          const isRefused = status >= 400 && status < 500
          const isUnread = read < UNREAD_BYTES
          expect({
            verb,
            target,
            type,
            saysLength,
            ok: (isRefused && read < READ_BYTES) || isUnread,
          }).toMatchObject({ ok: true })
        },
      ),
      { numRuns: 150 },
    )
  },
  240_000,
)

function* chunked(bytes: number): Generator<Buffer> {
  for (const piece of generateChunks(bytes))
    yield Buffer.concat([
      Buffer.from(`${piece.length.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ])
  yield Buffer.from('0\r\n\r\n')
}
