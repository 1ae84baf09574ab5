import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { CHANGED_CHANNEL, DatabaseWatch } from '../../src/database/watch.ts'
import { type EmptyDatabase, createEmptyDatabase } from '../support/http-database.ts'
import { type FaultProxy, openProxy, buildProxyUrl } from '../support/http-fault-proxy.ts'

let database: EmptyDatabase
let proxy: FaultProxy
let watch: DatabaseWatch
beforeEach(async () => {
  database = await createEmptyDatabase()
  proxy = await openProxy(database.url)
  watch = new DatabaseWatch(buildProxyUrl(database.url, proxy))
})
afterEach(async () => {
  await watch.stop()
  await proxy.close()
  await database.drop()
})

/** The first arguments of the next event of a name. */
const next = async (event: 'up' | 'down' | 'changed') => (await once(watch, event)) as unknown[]

describe('the watch over the database', () => {
  it('is up once it has started', async () => {
    expect(watch.up).toBe(false)
    await watch.start()
    expect({ up: watch.up, losses: watch.disconnects }).toEqual({ up: true, losses: 0 })
  })

  it('starts in a process that is busy with its own start', async () => {
    const starting = watch.start()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
    await starting
    expect(watch.up).toBe(true)
  })

  it('does not start on a database that cannot be reached', async () => {
    proxy.cut()
    await expect(watch.start()).rejects.toThrow()
    expect(watch.up).toBe(false)
  })

  it('hears which tables committed transactions changed, and not what was rolled back', async () => {
    await watch.start()
    const heard: unknown[] = []
    watch.on('changed', (table) => heard.push(table))
    await database.query(`begin; select pg_notify('${CHANGED_CHANNEL}', 'undone'); rollback`)
    await database.query(`select pg_notify($1, 'inventory')`, [CHANGED_CHANNEL])
    await database.query(`select pg_notify('another_channel', 'media')`)
    const reported = next('changed')
    await database.query(`select pg_notify($1, 'media')`, [CHANGED_CHANNEL])
    while (heard.length < 2) await reported
    expect(heard).toEqual(['inventory', 'media'])
  })

  it('is away from the moment its connection breaks, counts the loss, and comes back automatically', async () => {
    await watch.start()
    const away = next('down')
    expect(await database.terminate('forecourt-watch')).toBe(1)
    await away
    expect(watch.disconnects).toBe(1)
    if (!watch.up) await next('up')
    expect(watch.up).toBe(true)
  })

  it('hears changes again after it came back', async () => {
    await watch.start()
    const up = next('down').then(() => next('up'))
    await database.terminate('forecourt-watch')
    await up
    const received = next('changed')
    await database.query(`select pg_notify($1, 'users')`, [CHANGED_CHANNEL])
    expect(await received).toEqual(['users'])
  })

  it('is away when the database goes silent, though the connection stands', async () => {
    await watch.start()
    const away = next('down')
    proxy.freeze()
    const [reason] = await away
    // a request that is stuck must have its answer within 3 s (R4)
    const [, silentMs] = /no answer for (\d+) ms/.exec(String(reason)) ?? []
    expect(Number(silentMs)).toBeLessThanOrEqual(2_000)
    expect(watch.up).toBe(false)
    const up = next('up')
    proxy.resume()
    await up
    expect({ up: watch.up, losses: watch.disconnects }).toEqual({ up: true, losses: 1 })
  })

  it('stays away while nobody takes its connection, and tells it once', async () => {
    await watch.start()
    let seen = 0
    watch.on('down', () => seen++)
    const away = next('down')
    proxy.cut()
    await away
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect({ up: watch.up, told: seen }).toEqual({ up: false, told: 1 })
    const up = next('up')
    proxy.resume()
    await up
  })

  it('counts the connections that the pool lost, too', async () => {
    await watch.start()
    watch.recordDisconnect()
    watch.recordDisconnect()
    expect({ up: watch.up, losses: watch.disconnects }).toEqual({ up: true, losses: 2 })
  })

  it('says nothing any more once it is stopped, whether the database is there or not', async () => {
    await watch.start()
    const result: string[] = []
    watch.on('down', () => result.push('down'))
    watch.on('up', () => result.push('up'))
    await watch.stop()
    await database.terminate('forecourt-watch')
    await watch.stop()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect({ said: result, up: watch.up }).toEqual({ said: [], up: false })
    expect(
      await database.query(
        'select 1 from pg_stat_activity where datname = current_database() and ' +
          `application_name = 'forecourt-watch'`,
      ),
    ).toEqual([])
  })

  it('stops while the database is away', async () => {
    await watch.start()
    const away = next('down')
    proxy.cut()
    await away
    await watch.stop()
    proxy.resume()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(watch.up).toBe(false)
  })
})
