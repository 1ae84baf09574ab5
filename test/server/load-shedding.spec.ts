import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { buildErrorBody } from '../../src/domain/api-error.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening } from '../support/http-listen.ts'
import type { Owner } from '../support/owners.ts'
import { waitUntil } from '../support/work.ts'

/** More than may be worked on and wait together. */
const FLOOD = 400

let forecourt: TestForecourt
let server: Listening
let staff: string
let owner: Owner
let release = async () => {}
beforeAll(async () => {
  forecourt = await openForecourt({ API_REQUESTS_AT_ONCE: '4' })
  server = await listenOnLoopback(forecourt.app)
  staff = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'manager'))
  owner = await forecourt.asOwner()
  await owner.api.get('/api/vehicles').expect(200)
})
afterEach(() => release())
afterAll(async () => {
  await server.close()
  await forecourt.close()
})

/** Keeps everybody from the rows of a table until `release`. */
async function lock(table: string): Promise<void> {
  const client = new pg.Client({ connectionString: forecourt.ownerUrl })
  await client.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  release = async () => {
    release = async () => {}
    await client.query('rollback')
    await client.end()
  }
}

type Answered = { status: number; headers: Record<string, unknown>; body: string }

async function ask(
  path: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answered> {
  const sent = get({
    host: '127.0.0.1',
    port: server.port,
    path,
    headers,
    agent: false,
    ...(signal && { signal }),
  })
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of answer) body += String(chunk)
  return { status: answer.statusCode ?? 0, headers: answer.headers, body }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const waiting = async () => (await gauge('waiting')) ?? 0
const running = async () => (await gauge('running')) ?? 0

async function gauge(state: string): Promise<number | undefined> {
  const { values } = (await forecourt.metrics.registry
    .getSingleMetric('http_requests_in_flight')
    ?.get()) ?? { values: [] }
  return values.find(({ labels }) => labels['lane'] === 'api' && labels['state'] === state)?.value
}

describe('a flood of anonymous reads that the database does not answer', () => {
  it(
    'is shed at once and in words, while staff, owners and /healthz get through; those that ' +
      'waited are answered',
    async () => {
      await lock('inventory')
      const shed: Answered[] = []
      const flood = Array.from({ length: FLOOD }, (_, page) =>
        ask(`/api/inventory?page=${page + 1}`),
      )
      for (const one of flood) void one.then((answer) => answer.status === 503 && shed.push(answer))
      await waitUntil(() => shed.length > 0, 'the first that is shed')
      await ask('/healthz').then(({ status }) => expect(status).toBe(200))
      await ask('/readyz').then(({ status }) => expect(status).toBe(200))
      await ask('/api/users', bearer(staff)).then(({ status }) => expect(status).toBe(200))
      await ask('/api/vehicles', bearer(owner.token)).then(({ status }) => expect(status).toBe(200))
      await release()
      const answers = await Promise.all(flood)
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(2)
      expect(answers.filter(({ status }) => ![200, 503].includes(status))).toEqual([])
      expect(shed[0]).toMatchObject({
        headers: {
          'retry-after': '1',
          'cache-control': 'no-store',
          'content-type': expect.stringContaining('json'),
        },
        body: JSON.stringify(buildErrorBody(503, 'The server is busy. Try again in a second.')),
      })
      await waitUntil(async () => (await running()) + (await waiting()) === 0, 'an empty lane')
    },
  )

  it('does not get further with a made-up token or session', async () => {
    await lock('inventory')
    const halt = new AbortController()
    const flood = Array.from({ length: FLOOD }, (_, page) =>
      ask(
        `/api/inventory?page=${page + 1}`,
        page % 2 ? bearer(`a.b.${page}`) : { cookie: `forecourt-token=a.b.c${page}` },
        halt.signal,
      ),
    )
    void Promise.allSettled(flood)
    await waitUntil(async () => (await running()) === 2, 'the places of strangers to be taken')
    await sleep(300)
    expect(await running()).toBe(2)
    await ask('/api/users', bearer(staff)).then(({ status }) => expect(status).toBe(200))
    halt.abort()
    await waitUntil(async () => (await waiting()) === 0, 'those who left to be forgotten')
  })

  it('sheds writes with their bodies too, at once, and the connection goes on', async () => {
    await lock('vehicles')
    const halt = new AbortController()
    const statuses: number[] = []
    const one = new Agent({ keepAlive: true, maxSockets: 1 })
    const reused: boolean[] = []
    const write = async (agent: Agent | false, signal?: AbortSignal) => {
      const headers = { ...bearer(owner.token), 'content-type': 'application/json' }
      const options = {
        host: '127.0.0.1',
        port: server.port,
        path: '/api/vehicles',
        method: 'POST',
        headers,
        agent,
      }
      const sent = request({ ...options, ...(signal && { signal }) })
      sent.end(
        JSON.stringify({ make: 'Honda', model: 'Accord', year: 2021, licensePlate: 'LOAD-1' }),
      )
      const [answer] = (await once(sent, 'response')) as [IncomingMessage]
      answer.resume()
      await once(answer, 'end')
      statuses.push(answer.statusCode ?? 0)
      if (agent) reused.push(sent.reusedSocket)
    }
    void Promise.allSettled(Array.from({ length: FLOOD }, () => write(false, halt.signal)))
    await waitUntil(() => statuses.length > 50, 'writes that are shed')
    const others = statuses.length
    for (let count = 0; count < 20; count++) await write(one)
    expect(new Set(statuses)).toEqual(new Set([503]))
    expect(statuses.length).toBeGreaterThanOrEqual(others + 20)
    expect(reused).toEqual([false, ...Array.from({ length: 19 }, () => true)])
    halt.abort()
    one.destroy()
    await waitUntil(async () => (await waiting()) === 0, 'those who left to be forgotten')
  })

  it('takes nothing from answers that are kept in memory', async () => {
    await ask('/api/inventory?limit=7')
    await lock('vehicles')
    const stuck = Array.from({ length: 50 }, () => ask('/api/vehicles', bearer('nobody')))
    void Promise.allSettled(stuck)
    expect((await ask('/api/inventory?limit=7')).status).toBe(200)
  })
})

describe('a place', () => {
  it('is not held by bodies that are slow', async () => {
    const slow = Array.from({ length: 20 }, () => {
      const headers = {
        ...bearer(owner.token),
        'content-type': 'application/json',
        'content-length': '100',
      }
      const sent = request({
        host: '127.0.0.1',
        port: server.port,
        path: '/api/vehicles',
        method: 'POST',
        headers,
        agent: false,
      })
      sent.on('error', () => undefined).write('{"make":')
      return sent
    })
    await sleep(300)
    await waitUntil(async () => (await running()) === 0, 'the places of the slow ones')
    await ask('/api/vehicles', bearer(owner.token)).then(({ status }) => expect(status).toBe(200))
    for (const one of slow) one.destroy()
  })

  it('is not held by live streams', async () => {
    const halt = new AbortController()
    const account = await Promise.all(
      Array.from({ length: 6 }, () => saveUser(forecourt.payload, 'viewer')),
    )
    for (const one of account) {
      const headers = bearer(await fetchToken(forecourt.app, one))
      const sent = get({
        host: '127.0.0.1',
        port: server.port,
        path: '/api/jobs/live',
        headers,
        agent: false,
        signal: halt.signal,
      })
      sent.on('error', () => undefined)
      const [answer] = (await once(sent, 'response')) as [IncomingMessage]
      answer.on('error', () => undefined)
      expect(answer.statusCode).toBe(200)
    }
    expect(await running()).toBe(0)
    halt.abort()
  })
})
