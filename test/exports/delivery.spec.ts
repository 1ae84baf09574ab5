import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { getService } from '../../src/services.ts'
import { enterDealership, saveListedCar } from '../support/feeds.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findFtpServer, type FtpPeer, openFtpServer } from '../support/ftp-peer.ts'
import { runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  await enterDealership(forecourt)
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})
beforeEach(async () => {
  for (const table of ['inventory', 'feed_deliveries', 'feed_delivery_cars', 'feed_secrets'])
    await forecourt.sql(`delete from ${table}`)
  await forecourt.ownerSql('delete from export_logs')
  await forecourt.sql('delete from outgoing_mails')
  await setDelivery('google', { delivery: 'pull' })
})

/** Sets how a feed is delivered, as the panel does. */
async function setDelivery(feed: FeedName, about: object): Promise<void> {
  const { rows } = await forecourt.sql('select id from export_feeds where feed = $1', [feed])
  await manager
    .patch(`/api/export-feeds/${rows[0].id}`)
    .send({ enabled: true, ...about })
    .expect(200)
}

const runExport = (feed: FeedName = 'google') => runJob(engine, forecourt, 'export-feed', { feed })

const saveCars = async (count: number) => {
  for (let saved = 0; saved < count; saved++) await saveListedCar(forecourt)
}

const removeCars = (count: number) =>
  forecourt.sql(
    'delete from inventory where id in (select id from inventory order by id limit $1)',
    [count],
  )

async function loadLogs() {
  const { rows } = await forecourt.sql(
    'select platform, status, vehicle_count, error_message from export_logs order by exported_at',
  )
  return rows as Record<string, unknown>[]
}

async function loadDeliveries(feed: FeedName = 'google') {
  const { body } = await manager.get(`/api/exports/${feed}/delivery`).expect(200)
  return (body as { deliveries: { id: string; state: string; summary: string; error: string }[] })
    .deliveries
}

/** Creates a new address of a feed. Returns its path. */
async function createAddress(feed: FeedName = 'google'): Promise<string> {
  const { body } = await manager.post(`/api/exports/${feed}/pull-key`).expect(201)
  const { pathname, search } = new URL((body as { url: string }).url)
  return `${pathname}${search}`
}

/** Fetches a file without a content coding, which would have its own ETag. */
const fetchWhole = (address: string) =>
  forecourt.anonymous.get(address).set('accept-encoding', 'identity')

describe('a feed that is fetched', () => {
  it('is served at its secret address once it was delivered, with its hash as ETag', async () => {
    await saveCars(2)
    const address = await createAddress()
    await forecourt.anonymous.get(address).expect(404)
    await runExport()
    const { headers } = await fetchWhole(address).expect(200)
    expect(headers['etag']).toMatch(/^"[0-9a-f]{64}"$/)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="/)
    const again = fetchWhole(address).set('if-none-match', headers['etag'] ?? '')
    await again.expect(304)
    const head = await forecourt.anonymous
      .head(address)
      .set('accept-encoding', 'identity')
      .expect(200)
    expect(head.headers['content-length']).toBe(headers['content-length'])
    expect(await loadLogs()).toEqual([
      { platform: 'google', status: 'success', vehicle_count: 2, error_message: null },
    ])
  })

  it('stays as it is while nothing changes, and each run is in the log', async () => {
    await saveCars(1)
    await runExport()
    const { run } = await runExport()
    expect(run).toBeDefined()
    expect(await loadDeliveries()).toHaveLength(1)
    expect((await loadLogs()).map(({ status }) => status)).toEqual(['success', 'success'])
  })

  it('is a 404 while its file is missing in the storage, until the next run', async () => {
    await saveCars(1)
    await runExport()
    const address = await createAddress()
    const { rows } = await forecourt.sql('select file_key from feed_deliveries')
    await getService(forecourt.payload, 'storages').feeds.remove(String(rows[0].file_key))
    const { body } = await fetchWhole(address).expect(404)
    expect(body.errors[0].message).toMatch(/is not in the .+ any more\. Deliver the feed again\.$/)
    await runExport()
    await fetchWhole(address).expect(200)
  })

  it('does not exist at a wrong key, at the address before a new one, and for other feeds', async () => {
    await saveCars(1)
    await runExport()
    const first = await createAddress()
    const second = await createAddress()
    await forecourt.anonymous.get(first).expect(404)
    await forecourt.anonymous.get('/api/exports/google/pull').expect(404)
    await forecourt.anonymous.get(second.replace('google', 'facebook')).expect(404)
    await forecourt.anonymous.get(second).expect(200)
    await setDelivery('google', { enabled: false })
    await forecourt.anonymous.get(second).expect(404)
    const { rows } = await forecourt.sql('select * from feed_secrets')
    expect(JSON.stringify(rows)).not.toContain(new URLSearchParams(second.split('?')[1]).get('key'))
  })
})

describe('a feed that is turned off', () => {
  it('is not made, and says so', async () => {
    await setDelivery('google', { enabled: false })
    await runExport()
    const { rows } = await forecourt.sql(
      `select result from job_history where job_name = 'export-feed' order by started_at desc limit 1`,
    )
    expect(rows[0].result).toEqual({ skipped: 'Google vehicle listings is turned off.' })
    expect(await loadLogs()).toEqual([])
    const { body } = await manager.post('/api/exports/google/deliver').expect(409)
    expect(body.errors[0].message).toContain('Turn on Enabled first')
  })
})

describe('a feed that lost too many cars', () => {
  beforeEach(async () => {
    await saveCars(4)
    await runExport()
    await removeCars(2)
    await runExport()
  })

  it('is held: its address serves the one before, managers get a mail, and the log says why', async () => {
    const [held, before] = await loadDeliveries()
    expect(held).toMatchObject({ state: 'held', summary: '+0 −2 ~0 prices', cars: 2 })
    expect(held?.error).toContain('50 % fewer than the 4 of the last delivery')
    expect(before).toMatchObject({ state: 'delivered', summary: '+4 −0 ~0 prices', cars: 4 })
    const address = await createAddress()
    const { headers } = await fetchWhole(address).expect(200)
    const { rows } = await forecourt.sql(
      `select sha256 from feed_deliveries where state = 'delivered'`,
    )
    expect(headers['etag']).toBe(`"${rows[0].sha256}"`)
    const mails = await forecourt.sql(`select subject, text from outgoing_mails`)
    expect(mails.rows[0]).toMatchObject({
      subject: 'Google vehicle listings was not sent: please check it',
      text: expect.stringContaining('+0 −2 ~0 prices'),
    })
    expect((await loadLogs()).at(-1)).toMatchObject({ status: 'failure', vehicle_count: 2 })
  })

  it('is sent as it is once a manager releases it; of two at the same time, one succeeds', async () => {
    const [held] = await loadDeliveries()
    const release = () => manager.post(`/api/feed-deliveries/${held?.id}/release`)
    const answers = await Promise.all([release(), release()])
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
    await runExport()
    const [released] = await loadDeliveries()
    expect(released).toMatchObject({ id: held?.id, state: 'delivered' })
    await manager.post(`/api/feed-deliveries/${held?.id}/reject`).expect(409)
  })

  it('is never sent once a manager rejects it', async () => {
    const [held] = await loadDeliveries()
    await manager.post(`/api/feed-deliveries/${held?.id}/reject`).expect(200)
    await manager.post(`/api/feed-deliveries/${held?.id}/release`).expect(409)
    const [rejected] = await loadDeliveries()
    expect(rejected?.state).toBe('rejected')
  })

  it('is superseded by a newer one', async () => {
    await saveCars(2)
    await runExport()
    const states = (await loadDeliveries()).map(({ state }) => state)
    expect(states).toEqual(['delivered', 'superseded', 'delivered'])
  })

  it('can be downloaded by staff, to be looked at', async () => {
    const [held] = await loadDeliveries()
    const viewer = await forecourt.as('viewer')
    const { text } = await viewer.get(`/api/feed-deliveries/${held?.id}/file`).expect(200)
    expect(text.length).toBeGreaterThan(0)
    await viewer.post(`/api/feed-deliveries/${held?.id}/release`).expect(403)
    await forecourt.anonymous.get(`/api/feed-deliveries/${held?.id}/file`).expect(401)
  })
})

it('the first delivery is held if it is empty', async () => {
  await runExport()
  const [held] = await loadDeliveries()
  expect(held).toMatchObject({ state: 'held' })
  expect(held?.error).toContain('The feed is empty, and it would be the first delivery.')
})

it('a delivery whose process died is recorded as failed by the next run', async () => {
  await saveCars(1)
  await forecourt.sql(
    `insert into feed_deliveries (feed, state, job_id, cars) values ('google', 'sending',
      gen_random_uuid(), 7)`,
  )
  await runExport()
  const states = (await loadDeliveries()).map(({ state }) => state)
  expect(states.toSorted()).toEqual(['delivered', 'failed'])
  expect(await loadLogs()).toEqual([
    {
      platform: 'google',
      status: 'failure',
      vehicle_count: 7,
      error_message: 'The process that made the delivery stopped in the middle.',
    },
    { platform: 'google', status: 'success', vehicle_count: 1, error_message: null },
  ])
})

it('the password of a feed cannot be read anywhere', async () => {
  const password = 'open-sesame-4711'
  await manager.put('/api/exports/google/credentials').send({ password }).expect(200)
  const admin = await forecourt.as('admin')
  for (const address of [
    '/api/exports/google/delivery',
    '/api/export-feeds?limit=100',
    '/api/activity-logs?limit=100',
    '/api/feed-deliveries?limit=100',
  ])
    expect((await admin.get(address).expect(200)).text).not.toContain(password)
  const { rows } = await forecourt.sql('select * from feed_secrets')
  expect(JSON.stringify(rows)).not.toContain(password)
  const { body } = await admin.get('/api/exports/google/delivery')
  expect(body).toMatchObject({ hasPassword: true, hasPrivateKey: false })
})

it.each([
  ['password', 'two\r\nlines', 'must not contain line breaks or control characters'],
  ['password', 'nul\0', 'must not contain line breaks or control characters'],
  ['privateKey', 'nul\0', 'must not contain control characters'],
])('a %s with control characters is refused', async (name, secret, message) => {
  const { body, text } = await manager
    .put('/api/exports/google/credentials')
    .send({ [name]: secret })
    .expect(400)
  expect(JSON.stringify(body)).toContain(message)
  expect(text).not.toContain('lines')
})

it('the time of the last run is that of the last entry in the log', async () => {
  const status = async () => (await manager.get('/api/exports/google/delivery').expect(200)).body
  expect(await status()).toMatchObject({ lastRunAt: null })
  await saveCars(1)
  await runExport()
  const { rows } = await forecourt.sql('select exported_at from export_logs')
  expect(await status()).toMatchObject({ lastRunAt: rows[0].exported_at.toISOString() })
})

const withFtp = findFtpServer() ? describe : describe.skip

withFtp('a feed that is sent to a server', () => {
  let peer: FtpPeer
  beforeAll(async () => {
    peer = await openFtpServer()
  })
  afterAll(() => peer.close())

  it('on a private network is refused unless the operator allows it', async () => {
    await saveCars(1)
    await setDelivery('google', {
      delivery: 'ftp',
      host: '127.0.0.1',
      port: peer.port,
      userName: peer.user,
    })
    await manager
      .put('/api/exports/google/credentials')
      .send({ password: peer.password })
      .expect(200)
    const { body } = await manager.post('/api/exports/google/test').expect(200)
    expect(body).toMatchObject({
      ok: false,
      message: expect.stringContaining('no address on the public internet'),
    })
    await runExport()
    expect((await loadLogs()).at(-1)).toMatchObject({
      status: 'failure',
      error_message: expect.stringContaining('FEED_ALLOWED_SERVERS'),
    })
  })
})
