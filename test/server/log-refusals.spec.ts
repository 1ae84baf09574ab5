import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Endpoint, Plugin } from 'payload'
import { aCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

type Line = Record<string, unknown> & { level: number; msg?: string; err?: unknown }

/** The product's logger with the product's options, writing to a list instead of stdout. */
function capture(): { lines: () => Line[]; plugin: Plugin } {
  let written = ''
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString()
      done()
    },
  })
  const plugin: Plugin = (config) => {
    if (typeof config.logger !== 'object' || !('options' in config.logger))
      throw new Error('The logger has no options.')
    return { ...config, logger: { options: config.logger.options, destination } }
  }
  const lines = () =>
    written
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line)
  return { lines, plugin }
}

const failing: Endpoint[] = [
  { path: '/room/fails', method: 'get', handler: () => Promise.reject(new Error('broken')) },
]
const failingRoom: Plugin = (config) => ({
  ...config,
  endpoints: [...(config.endpoints ?? []), ...failing],
})

/**
 * Requests that are refused, by every kind of refusal: the API's, Payload's, the database's and
 * GraphQL's.
 */
const refused = (
  anonymous: Api,
  manager: Api,
  carId: string,
): Record<string, () => Promise<{ status: number; text: string }>> => ({
  'nobody asks who they are': () => anonymous.get('/api/me'),
  'an unknown column is sorted by': () => anonymous.get('/api/inventory?sort=nope'),
  'an unknown column is filtered by': () => anonymous.get('/api/inventory?where[nope][equals]=1'),
  'a row that is not there': () =>
    manager.get('/api/inventory/7b0b7c3e-0000-4000-8000-000000000000'),
  'a write that nobody may make': () => anonymous.post('/api/inventory').send(aCar()),
  'a value of the wrong form': () =>
    manager.post('/api/inventory').send({ ...aCar(), vin: 'short' }),
  'a number that no column holds': () =>
    manager.patch(`/api/inventory/${carId}`).send({ mileage: 9_999_999_999 }),
  'a body that is not JSON': () =>
    manager.post('/api/inventory').set('content-type', 'application/json').send('{'),
  'a wrong password': () =>
    anonymous
      .post('/api/users/login')
      .send({ email: 'nobody@forecourt.example', password: 'wrong password' }),
  'a change to an old state': () =>
    manager.patch(`/api/inventory/${carId}`).send({ doors: 3, updatedAt: '2020-01-01T00:00:00Z' }),
  'a GraphQL field that is not there': () =>
    anonymous.post('/api/graphql').send({ query: '{ nope }' }),
  'a GraphQL document that is not one': () => anonymous.post('/api/graphql').send({ query: '{' }),
  'a GraphQL mutation that nobody may make': () =>
    anonymous.post('/api/graphql').send({
      query:
        'mutation { updateUser(id: "7b0b7c3e-0000-4000-8000-000000000000", data: { name: ' +
        '"x" }) { name } }',
    }),
  'a file of another kind': () =>
    manager
      .post('/api/media')
      .attach('file', Buffer.from('%PDF-1.4'), { filename: 'a.jpg', contentType: 'image/jpeg' }),
  'a source that is not set up': () =>
    manager.post('/api/vin-evaluation').send({ vin: '1HGCM82633A004352' }),
  'a message with line breaks': () =>
    anonymous.get(`/api/inventory?sort=${encodeURIComponent('x\n{"level":60,"msg":"forged"}')}`),
})

describe('a request that is refused', () => {
  const log = capture()
  let forecourt: TestForecourt
  let kinds: ReturnType<typeof refused>
  beforeAll(async () => {
    forecourt = await openForecourt({ LOG_LEVEL: 'info' }, [log.plugin, failingRoom])
    const manager = await forecourt.as('manager')
    const { body } = await manager.post('/api/inventory').send(aCar()).expect(201)
    kinds = refused(forecourt.anonymous, manager, body.doc.id)
  })
  afterAll(() => forecourt.close())

  it('is a line of level info without a stack at most, whatever refused it', async () => {
    for (const [kind, ask] of Object.entries(kinds)) {
      const before = log.lines().length
      const { status, text } = await ask()
      const isRefused =
        (status >= 400 && status < 500) ||
        status === 501 ||
        (status === 200 && text.includes('"errors"'))
      expect([kind, status, isRefused]).toEqual([kind, status, true])
      const own = log.lines().slice(before)
      expect([kind, own.filter(({ level, err }) => level !== 30 || err !== undefined)]).toEqual([
        kind,
        [],
      ])
    }
    expect(log.lines().filter(({ msg }) => msg === 'forged')).toEqual([])
    expect(
      log.lines().filter(({ refused: status }) => typeof status === 'number').length,
    ).toBeGreaterThan(5)
  })

  it('is distinguished from a fault of ours, which is an error with its stack', async () => {
    const before = log.lines().length
    await forecourt.anonymous.get('/api/room/fails').expect(500)
    expect(log.lines().slice(before)).toMatchObject([
      { level: 50, err: { message: 'broken', stack: expect.stringContaining('at ') } },
    ])
  })

  it('stays an error where our own code logs one, in a request or outside of one', () => {
    const before = log.lines().length
    const error = Object.assign(new Error('refused'), { status: 403 })
    forecourt.payload.logger.error({ err: error })
    forecourt.logs.runWith({ requestId: 'test-request' }, () =>
      forecourt.payload.logger.error({ err: error, msg: 'Words of ours.' }),
    )
    expect(
      log
        .lines()
        .slice(before)
        .map(({ level }) => level),
    ).toEqual([50, 50])
  })

  it('writes nothing at the level that the product starts with, however many there are', async () => {
    const { logger } = forecourt.payload
    logger.level = 'warn'
    const before = log.lines().length
    for (const ask of Object.values(kinds)) await ask()
    for (let n = 0; n < 50; n++) await forecourt.anonymous.get('/api/me')
    expect(log.lines().slice(before)).toEqual([])
  })
})
