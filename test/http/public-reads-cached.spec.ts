import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { withClient } from '../support/databases.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { type LotDatabase, openLotDatabase } from '../support/lot-database.ts'
import { waitForNotifications } from '../support/notifications.ts'

const LIST = '/api/inventory?limit=20'

let forecourt: TestForecourt
let lot: LotDatabase
let onlooker: LotDatabase
let manager: Api
let id: string
beforeAll(async () => {
  forecourt = await openForecourt()
  lot = await openLotDatabase(forecourt.ownerUrl)
  onlooker = await openLotDatabase(forecourt.url)
  manager = await forecourt.as('manager')
  id = String((await saveCar(forecourt.payload, { make: 'First' })).id)
})
beforeEach(async () => {
  await manager.patch(`/api/inventory/${id}`).send({ make: 'First' }).expect(200)
  await waitForNotifications(forecourt)
})
afterAll(async () => {
  await lot.close()
  await onlooker.close()
  await forecourt.close()
})

async function makeShown(api: Api = forecourt.anonymous, url = LIST): Promise<string> {
  const { body } = await api.get(url).expect(200)
  return (body.docs?.[0] ?? body).make
}

describe('an anonymous answer', () => {
  it.each([LIST, '/api/inventory', `/api/inventory?where[make][exists]=true`])(
    'of %s is kept',
    async (url) => {
      await makeShown(forecourt.anonymous, url)
      await lot.changeSilently(`make = 'Silent'`)
      expect(await makeShown(forecourt.anonymous, url)).toBe('First')
    },
  )

  it('of one car and of a count is kept, too', async () => {
    await makeShown(forecourt.anonymous, `/api/inventory/${id}`)
    await forecourt.anonymous.get('/api/inventory/count').expect(200, { totalDocs: 1 })
    await lot.changeSilently(`make = 'Silent', status = 'hold'`)
    expect(await makeShown(forecourt.anonymous, `/api/inventory/${id}`)).toBe('First')
    await forecourt.anonymous.get('/api/inventory/count').expect(200, { totalDocs: 1 })
    await lot.changeSilently(`status = 'available'`)
  })

  it('is dropped when another process commits a change', async () => {
    await makeShown()
    await lot.query(`update inventory set make = 'Elsewhere'`)
    await waitForNotifications(forecourt)
    expect(await makeShown()).toBe('Elsewhere')
  })

  it('never shows a change that is rolled back', async () => {
    await makeShown()
    await lot.query('begin')
    await lot.query(`update inventory set make = 'Never'`)
    expect(await makeShown()).toBe('First')
    await lot.query('rollback')
    expect(await makeShown()).toBe('First')
  })

  it('shows a write of this process to the very next reader, while others read all the time', async () => {
    // so that nothing but the writer's own word drops it
    await lot.query('alter table inventory disable trigger inventory_tell_change')
    const reading = { on: true }
    const others = Array.from({ length: 4 }, async () => {
      while (reading.on) await makeShown()
    })
    try {
      for (let i = 0; i < 50; i++) {
        const make = `Make ${i}`
        await manager.patch(`/api/inventory/${id}`).send({ make }).expect(200)
        expect([
          await makeShown(),
          await makeShown(forecourt.anonymous, `/api/inventory/${id}`),
        ]).toEqual([make, make])
      }
    } finally {
      reading.on = false
      await Promise.all(others)
      await lot.query('alter table inventory enable trigger inventory_tell_change')
    }
  })

  it('shows a new car and misses a deleted one at once', async () => {
    const admin = await forecourt.as('admin')
    const total = async () =>
      (await forecourt.anonymous.get(LIST).expect(200)).body.totalDocs as number
    expect(await total()).toBe(1)
    const { body } = await manager
      .post('/api/inventory')
      .send({
        vin: '1HGCM82633A004352',
        year: 2003,
        make: 'Honda',
        model: 'Accord',
        price: 1,
        mileage: 1,
      })
      .expect(201)
    expect(await total()).toBe(2)
    await admin.delete(`/api/inventory/${body.doc.id}`).expect(200)
    expect(await total()).toBe(1)
  })

  it('is given, but not kept, when the table changed while it was made', async () => {
    await lot.query('begin')
    await lot.query('lock table inventory in access exclusive mode')
    const racing = forecourt.anonymous.get(LIST).then(({ body }) => body.docs[0].make as string)
    await untilSomebodyWaits()
    await lot.query(`update inventory set make = 'Raced'`)
    await lot.query('commit')
    expect(['First', 'Raced']).toContain(await racing)
    await lot.changeSilently(`make = 'After the race'`)
    expect(await makeShown()).toBe('After the race')
  })

  it('is made once for all who ask at once', async () => {
    await lot.query('begin')
    await lot.query('lock table inventory in access exclusive mode')
    const requested = Array.from({ length: 8 }, () => makeShown())
    await untilSomebodyWaits()
    await wait(50)
    const waiting = await whoWait()
    await lot.query('commit')
    expect(waiting).toHaveLength(1)
    expect(await Promise.all(requested)).toEqual(Array.from({ length: 8 }, () => 'First'))
  })

  it('is neither taken from memory nor put there for somebody who is signed in', async () => {
    await makeShown()
    await lot.changeSilently(`make = 'Silent'`)
    expect(await makeShown(manager)).toBe('Silent')
    expect(await makeShown()).toBe('First')
    const { body } = await manager.get(LIST).expect(200)
    expect(body.docs[0]).toHaveProperty('cost')
    await lot.query(`update inventory set make = 'First'`)
    await waitForNotifications(forecourt)
    expect((await forecourt.anonymous.get(LIST)).body.docs[0]).not.toHaveProperty('cost')
  })

  it('is not kept for parameters that its key does not cover', async () => {
    await makeShown(forecourt.anonymous, `${LIST}&draft=false`)
    await lot.changeSilently(`make = 'Silent'`)
    expect(await makeShown(forecourt.anonymous, `${LIST}&draft=false`)).toBe('Silent')
  })

  it('never holds what is hidden', async () => {
    const hidden = ['cost', 'createdBy', 'updatedBy', 'sourceSubmission']
    for (const name of hidden) {
      for (const query of [
        `select[${name}]=true`,
        'limit=5',
        `select[make]=false`,
        `pagination=false`,
      ]) {
        const { text } = await forecourt.anonymous.get(`/api/inventory?${query}`).expect(200)
        expect(text).not.toContain(`"${name}"`)
      }
      await forecourt.anonymous.get(`/api/inventory?where[${name}][exists]=true`).expect(400)
      await forecourt.anonymous.get(`/api/inventory?sort=${name}`).expect(400)
    }
  })

  it('is forgotten with the connection that hears of changes, and right until that is back', async () => {
    await makeShown()
    await lot.changeSilently(`make = 'Unheard'`)
    const ends =
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ' +
      `'forecourt-watch' and datname = current_database()`
    // on a connection of its own: the pool drops all of its
    await withClient(forecourt.url, (client) => client.query(ends))
    const shown = new Set<unknown>()
    for (let tries = 0; tries < 100 && !shown.has('Unheard'); tries++) {
      const answer = await forecourt.anonymous.get(LIST)
      shown.add(answer.status === 200 ? answer.body.docs[0].make : answer.status)
      await wait(10)
    }
    expect([...shown].at(-1)).toBe('Unheard')
    expect([...shown].every((one) => ['First', 503, 'Unheard'].includes(one as string))).toBe(true)
  })
})

/**
 * Those who wait for a lock, seen from outside the transaction that holds it: inside one the view
 * stands still.
 */
const whoWait = () =>
  onlooker.query(
    'select pid from pg_stat_activity where datname = current_database() and wait_event_type ' +
      `= 'Lock'`,
  )

async function untilSomebodyWaits(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await whoWait()).length > 0) return
    await wait(10)
  }
  throw new Error('Nobody waits for the lock on inventory: the read did not reach the database.')
}
