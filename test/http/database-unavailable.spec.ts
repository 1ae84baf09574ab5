import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { getTestServer } from '../support/databases.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { type FaultProxy, openBehind, openProxy } from '../support/http-fault-proxy.ts'
import { waitUntil } from '../support/work.ts'

let proxy: FaultProxy
let forecourt: TestForecourt
let manager: Api
let car: Inventory
/** What each request is answered while the database is there. */
let right: Answer[]
beforeAll(async () => {
  const { url } = getTestServer()
  proxy = await openProxy(url)
  openBehind(proxy, url)
  forecourt = await openForecourt()
  car = await saveCar(forecourt.payload)
  manager = await forecourt.as('manager')
  for (const ask of requests()) await ask() // the first time, one of them changes the car
  right = []
  for (const ask of requests()) right.push(describeAnswer(await ask()))
})
afterEach(async () => {
  proxy.resume()
  await recovered()
})
afterAll(async () => {
  await forecourt.close()
  await proxy.close()
})

/** What clients ask of every kind: reads and writes, signed in and not, and what needs no car. */
const requests = () => [
  () => forecourt.anonymous.get('/api/inventory'),
  () => forecourt.anonymous.get('/api/inventory?limit=3&sort=price'),
  () => forecourt.anonymous.get(`/api/inventory/${car.id}`),
  () => manager.get('/api/inventory?depth=1'),
  () => manager.get('/api/pending-submissions'),
  () => manager.get('/api/users/me'),
  () => manager.patch(`/api/inventory/${car.id}`).send({ price: 5 }),
  () =>
    manager
      .post('/api/graphql')
      .send({ query: '{ Inventories { totalDocs } meUser { user { id } } }' }),
  () => forecourt.anonymous.post('/api/users/login').send({ email: 'a@b.example', password: 'x' }),
  () => forecourt.anonymous.get('/api/access'),
]

type Answer = { status: number; body: unknown }

/** An answer without the time at which the car was changed, which differs from one to the next. */
const describeAnswer = ({ status, body }: Answer): Answer => ({
  status,
  body: JSON.parse(
    JSON.stringify(body, (key, value: unknown) => (key === 'updatedAt' ? undefined : value)),
  ),
})

const recovered = () =>
  waitUntil(
    async () => (await forecourt.anonymous.get('/readyz')).status === 200,
    '/readyz says that the database is back',
  )

async function awayFor(): Promise<void> {
  if (forecourt.watch.up)
    await new Promise<void>((resolve) => forecourt.watch.once('down', () => resolve()))
}

describe('while the database is unavailable', () => {
  it('every answer is 503 with Retry-After, and never 401, 403, 404 or 500', async () => {
    proxy.cut()
    await awayFor()
    for (const ask of requests()) {
      const { status, headers, body } = await ask()
      expect({ status, again: headers['retry-after'], says: body.errors?.[0]?.message }).toEqual({
        status: 503,
        again: '1',
        says: expect.stringContaining('database is temporarily unavailable'),
      })
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('the process says that it lives, and that it cannot work', async () => {
    proxy.cut()
    await awayFor()
    await forecourt.anonymous.get('/healthz').expect(200)
    const { headers, body } = await forecourt.anonymous.get('/readyz').expect(503)
    expect({ again: headers['retry-after'], body }).toEqual({
      again: '1',
      body: { status: 'unavailable', database: 'down' },
    })
  })

  it('what was asked at the moment it went is answered rightly or with 503', async () => {
    for (let round = 0; round < 3; round++) {
      const requested = Promise.all(requests().map((ask) => ask()))
      await new Promise((resolve) => setTimeout(resolve, round * 5))
      proxy.cut()
      const answers = (await requested).map(describeAnswer)
      expect(answers).toEqual(
        answers.map((answer, n) => (answer.status === 503 ? answer : right[n])),
      )
      proxy.resume()
      await recovered()
    }
  })

  it('everything works again when it is back, without a restart', async () => {
    proxy.cut()
    await awayFor()
    proxy.resume()
    await recovered()
    await forecourt.anonymous.get('/api/inventory').expect(200)
    await manager.post('/api/inventory').send(aCar()).expect(201)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 6 }).expect(200)
  })
})

describe('when the database goes silent', () => {
  it('fifty requests that are stuck in it get their 503 before it speaks again, while /healthz answers', async () => {
    proxy.freeze()
    const sent = Promise.all(
      Array.from({ length: 50 }, async (_, n) =>
        n % 2
          ? manager.get('/api/inventory')
          : manager.patch(`/api/inventory/${car.id}`).send({ price: n + 1 }),
      ),
    )
    await forecourt.anonymous.get('/healthz').expect(200)
    for (const { status } of await sent) expect(status).toBe(503)
    proxy.resume()
    await recovered()
    await manager.get('/api/inventory').expect(200)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 7 }).expect(200)
  })

  it('a write that was stuck in it is not done behind the back of the one who was told 503', async () => {
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 100 }).expect(200)
    proxy.freeze()
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 200 }).expect(503)
    proxy.resume()
    await recovered()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await manager.get(`/api/inventory/${car.id}`).expect(200)).body.price).toBe(100)
  })

  it('the pool is not used up by what got stuck: more requests than connections work afterwards', async () => {
    proxy.freeze()
    await Promise.all(Array.from({ length: 20 }, () => manager.get('/api/inventory').expect(503)))
    proxy.resume()
    await recovered()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => manager.get('/api/inventory')),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  })
})
