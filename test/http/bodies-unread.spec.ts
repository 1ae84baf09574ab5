import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Endpoint } from 'payload'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  buildHead,
  type CountingServer,
  listenCounting,
  generateChunks,
} from '../support/http-large.ts'

/**
 * What may be read of a body that nobody wants: what a connection holds before anybody asks for it,
 * and the head.
 */
const MAX_READ = 200_000
const MANY_BYTES = 900_000
const HUGE_BYTES = 19_500_000

let forecourt: TestForecourt
let server: CountingServer
let owner: string
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = (await forecourt.asOwner()).token
  server = await listenCounting(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
})

const TYPES = { json: 'application/json', form: 'multipart/form-data; boundary=b' }
const FORM = Buffer.from(
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: ' +
    'image/png\r\n\r\n',
)

async function refuse(
  method: string,
  target: string,
  type: keyof typeof TYPES,
  headers: Record<string, string>,
  bytes: number,
) {
  const head = buildHead(method, target, {
    'Content-Type': TYPES[type],
    'Content-Length': String(bytes),
    ...headers,
  })
  return server.send(head, [
    ...(type === 'form' ? [FORM] : ['{"a":"']),
    ...generateChunks(bytes - FORM.length),
  ])
}

const asOwner = () => ({ Authorization: `Bearer ${owner}` })

/**
 * Every address of a collection that writes a row, with whether somebody may use it who is not
 * known before the body is read.
 */
const writes = () =>
  forecourt.payload.config.collections.flatMap(({ slug, endpoints }) =>
    (endpoints || [])
      .filter(({ method, path: at }) => `${method} ${at}` in PATHS)
      .map((endpoint) => ({
        slug,
        method: endpoint.method.toUpperCase(),
        target: `/api/${slug}${PATHS[formatName(endpoint)]}`,
      })),
  )
const formatName = ({ method, path: at }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${at}`
const ID = '00000000-0000-4000-8000-000000000000'
const PATHS: Record<string, string> = {
  'post /': '',
  'patch /': '?where[id][exists]=true',
  'patch /:id': `/${ID}`,
  'post /:id/duplicate': `/${ID}/duplicate`,
}

describe('whoever may not write', () => {
  it('is refused before the body is read, at every address of every collection', async () => {
    const cases = writes()
    expect(new Set(cases.map(({ slug }) => slug)).size).toBeGreaterThan(20)
    for (const { method, target } of cases)
      for (const type of ['json', 'form'] as const) {
        const { status, text, read } = await refuse(method, target, type, {}, MANY_BYTES)
        expect({ method, target, type, status, closes: /^connection: close/im.test(text) }).toEqual(
          {
            method,
            target,
            type,
            status: 403,
            closes: true,
          },
        )
        expect(read).toBeLessThan(MAX_READ)
      }
  }, 240_000)

  it('is refused before the body is read, an owner at what is not theirs', async () => {
    for (const target of [
      '/api/media',
      '/api/inventory',
      '/api/users',
      `/api/media/${ID}`,
      '/api/competitors',
    ])
      for (const type of ['json', 'form'] as const) {
        const { status, read } = await refuse(
          target.endsWith(ID) ? 'PATCH' : 'POST',
          target,
          type,
          asOwner(),
          MANY_BYTES,
        )
        expect({ target, type, status }).toEqual({ target, type, status: 403 })
        expect(read).toBeLessThan(MAX_READ)
      }
  })

  it('is refused a photo before a byte of it is kept', async () => {
    for (const headers of [{}, asOwner()]) {
      const { status, read } = await refuse('POST', '/api/media', 'form', headers, HUGE_BYTES)
      expect(status).toBe(403)
      expect(read).toBeLessThan(MAX_READ)
    }
    const folder = forecourt.payload.config.upload.tempFileDir ?? ''
    expect(await readdir(path.resolve(folder))).toEqual([])
  })

  it('gets the same message as without a body, and the audit log has it', async () => {
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer.post('/api/media').send({}).expect(403)
    const form = await viewer
      .post('/api/media')
      .attach('file', Buffer.alloc(10), { filename: 'a.png', contentType: 'image/png' })
    expect({ status: form.status, body: form.body }).toEqual({ status: 403, body })
    const { rows } = await forecourt.sql(
      "select 1 from activity_logs where action = 'denied' and resource_type = 'media'",
    )
    expect(rows).toHaveLength(2)
  })
})

describe('a body where none is taken', () => {
  it.each([
    ['GET', '/api/inventory', 200],
    ['DELETE', `/api/inventory/${ID}`, 403],
    ['GET', '/api/nothing-here', 404],
    ['POST', '/api/nothing-here', 404],
    ['POST', '/auth/nothing', 404],
    ['POST', '/nothing', 404],
    ['GET', '/healthz', 200],
  ])('is not read: %s %s', async (method, target, status) => {
    const answer = await refuse(
      method,
      target,
      'form',
      {},
      60_000 + MANY_BYTES * Number(method !== 'POST'),
    )
    expect(answer.status).toBe(status)
    expect(answer.read).toBeLessThan(MAX_READ)
  })
})

describe('a body that is larger than its address takes', () => {
  it.each([
    ['POST', '/api/users/login', 16_000],
    ['POST', '/api/users/forgot-password', 16_000],
    ['POST', '/api/users/logout', 16_000],
    ['POST', '/auth/logout', 1_000_000],
    ['POST', '/api/inventory', 1_000_000],
    ['PATCH', '/api/media', 1_000_000],
    ['POST', '/api/me', 64_000],
    ['POST', '/api/graphql', 1_000_000],
    ['POST', '/api/media', 21_000_000],
  ])('is refused by its Content-Length: %s %s', async (method, target, most) => {
    for (const type of ['json', 'form'] as const) {
      const { status, read, text } = await refuse(method, target, type, {}, most + 1)
      expect({ target, status }).toEqual({ target, status: 413 })
      expect(read).toBeLessThan(MAX_READ)
      // a smaller one has arrived by then
      if (most > MAX_READ) expect(text).toMatch(/^connection: close/im)
    }
  })

  it('is refused by the bytes received, when it has no Content-Length', async () => {
    const chunk = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
    const body = [chunk(Buffer.from('{"a":"')), ...[...generateChunks(3_000_000)].map(chunk)]
    const head = buildHead('POST', '/api/users/login', {
      'Content-Type': TYPES.json,
      'Transfer-Encoding': 'chunked',
    })
    const { status, read } = await server.send(head, body)
    expect(status).toBe(413)
    expect(read).toBeLessThan(MAX_READ)
  })
})
