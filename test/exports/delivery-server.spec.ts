import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { enterDealership, saveListedCar } from '../support/feeds.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findFtpServer, type FtpPeer, openFtpServer } from '../support/ftp-peer.ts'
import { runJob, startEngine } from '../support/work.ts'

const withFtp = findFtpServer() ? describe : describe.skip

withFtp('a feed that is sent to a server that is allowed', () => {
  let peer: FtpPeer
  let allowed: TestForecourt
  let worker: Engine
  let staff: Api
  beforeAll(async () => {
    peer = await openFtpServer()
    allowed = await openForecourt({ FEED_ALLOWED_SERVERS: `127.0.0.1:${peer.port}` })
    await enterDealership(allowed)
    worker = await startEngine(allowed)
    staff = await allowed.as('manager')
    await allowed.sql(
      `update export_feeds set delivery = 'ftp', host = '127.0.0.1', port = $1, user_name = $2,
        folder = 'incoming' where feed = 'dealer-center'`,
      [peer.port, peer.user],
    )
    await saveListedCar(allowed)
  })
  afterAll(async () => {
    await worker.stop()
    await allowed.close()
    await peer.close()
  })
  const run = () => runJob(worker, allowed, 'export-feed', { feed: 'dealer-center' })
  const loadRun = async () => {
    const { rows } = await allowed.sql(
      `select status, error, dead, next_attempt_at is not null as retried from job_history
        where job_name = 'export-feed' order by started_at desc limit 1`,
    )
    return rows[0] as Record<string, unknown>
  }

  it('needs a password', async () => {
    await run()
    expect(await loadRun()).toMatchObject({
      dead: true,
      error: expect.stringContaining('enter the password first'),
    })
  })

  it('with a wrong password fails at once, without a retry', async () => {
    await staff.put('/api/exports/dealer-center/credentials').send({ password: 'wrong' })
    await run()
    expect(await loadRun()).toMatchObject({
      dead: true,
      retried: false,
      error: expect.stringContaining('refused to sign in as anonymous'),
    })
  })

  it('is tested without sending anything, then arrives whole', async () => {
    await staff
      .put('/api/exports/dealer-center/credentials')
      .send({ password: peer.password })
      .expect(200)
    const { body } = await staff.post('/api/exports/dealer-center/test').expect(200)
    expect(body).toMatchObject({ ok: true, message: expect.stringContaining('has 0 files') })
    await run()
    const { rows } = await allowed.sql(
      `select file_name, bytes from feed_deliveries where state = 'delivered'`,
    )
    const [{ file_name: name, bytes }] = rows as [{ file_name: string; bytes: string }]
    expect((await readFile(path.join(peer.incoming, name))).length).toBe(Number(bytes))
  })

  it('is retried later when the server is down', async () => {
    await peer.stop()
    await run()
    expect(await loadRun()).toMatchObject({ dead: false, retried: true, status: 'failure' })
  })

  it('asks for its password again after the secret of Forecourt was lost', async () => {
    await allowed.sql(`update feed_secrets set password = 'AAAA'`)
    const { body } = await staff.post('/api/exports/dealer-center/test').expect(200)
    expect(body).toMatchObject({
      ok: false,
      message: expect.stringContaining('because PAYLOAD_SECRET has changed. Enter it again.'),
    })
  })
})
