import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import type { EndedRun } from '../../jobs/engine/engine.ts'
import { OUTCOME_UNKNOWN } from '../../src/database/commit.ts'
import { withTransaction } from '../../src/database/with-transaction.ts'
import { getPostgresAdapter, getTransaction } from '../../src/database/transaction.ts'
import { aCar, anyVin, saveCar } from '../support/builders.ts'
import { runCommand } from '../support/command.ts'
import { type CommitFaults, openCommitFaults } from '../support/commit-faults.ts'
import { getTestServer } from '../support/databases.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { type FaultProxy, openBehind, openProxy } from '../support/http-fault-proxy.ts'
import { openOidcPeer } from '../support/oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { aTask, queueJob, buildRoom, startEngine } from '../support/work.ts'

/**
 * COMMIT reaches the database, and its answer is lost: only the database knows that the row is
 * there.
 */
let proxy: FaultProxy
let forecourt: TestForecourt
let faults: CommitFaults
let peer: Awaited<ReturnType<typeof openOidcPeer>>
let manager: Api

const tasks = [
  aTask('lose-commit', async (ctx, { mark }) => {
    proxy.loseNextCommit()
    await ctx.commit((tx) =>
      getTransaction(tx).db.execute(sql`insert into effects values (${mark})`),
    )
  }),
  aTask('lose-settling', () => {
    proxy.loseNextCommit()
    return Promise.resolve({ done: true })
  }),
]

beforeAll(async () => {
  const { url } = getTestServer()
  proxy = await openProxy(url)
  openBehind(proxy, url)
  peer = await openOidcPeer([buildCallbackUrl('HOUSE')])
  const environment = {
    ...buildProviderSettings('HOUSE', peer),
    OIDC_ALLOWED_DOMAINS: 'dealer.example',
  }
  forecourt = await openForecourt(environment, [buildRoom(...tasks)])
  faults = await openCommitFaults(forecourt)
  await forecourt.ownerSql('create table effects (mark text); grant all on effects to public')
  manager = await forecourt.as('manager')
})
afterEach(() => faults.disarm())
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
  await proxy.close()
})

const count = async (from: string, values: unknown[] = []) =>
  Number((await forecourt.sql(`select count(*) from ${from}`, values)).rows[0]?.count)

describe('a write whose COMMIT was kept and not answered', () => {
  it('is reported as not known, with the time to come back', async () => {
    const car = aCar()
    proxy.loseNextCommit()
    const { body, headers } = await manager.post('/api/inventory').send(car).expect(503)
    expect({ says: body.errors[0].message, again: headers['retry-after'] }).toEqual({
      says: OUTCOME_UNKNOWN,
      again: '1',
    })
    expect(await count('inventory where vin = $1', [car['vin']])).toBe(1)
  })

  it('is the error of its own row in a bulk change, beside the rows that are known', async () => {
    const cars = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    proxy.loseNextCommit()
    const where = `where[id][in]=${cars.map(({ id }) => id).join(',')}`
    const { body } = await manager.patch(`/api/inventory?${where}`).send({ price: 123 }).expect(503)
    expect(body.docs).toHaveLength(1)
    expect(body.errors).toEqual([expect.objectContaining({ message: OUTCOME_UNKNOWN })])
  })

  it('is what the public reads next: no answer from before is kept', async () => {
    const car = await saveCar(forecourt.payload, { price: 1_000 })
    const read = async () =>
      (await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)).body.price as number
    expect(await read()).toBe(1_000)
    proxy.loseNextCommit()
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 2_000 }).expect(503)
    await forecourt.sql('select pg_sleep(0.2)')
    expect(await read()).toBe(2_000)
  })

  it('is CommitFailed of inTransaction, and its connection is not used again', async () => {
    const { pool } = getPostgresAdapter(forecourt.payload)
    proxy.loseNextCommit()
    const work = withTransaction(pool, (client) =>
      client.query("insert into effects values ('in a transaction')"),
    )
    await expect(work).rejects.toMatchObject({
      name: 'CommitFailed',
      outcome: 'unknown',
      status: 503,
    })
    expect(await count("effects where mark = 'in a transaction'")).toBe(1)
  })
})

describe('a job whose COMMIT was kept and not answered', () => {
  const runToEnd = async (task: string, input: object = {}): Promise<EndedRun> => {
    const engine = await startEngine(forecourt)
    try {
      const ended = new Promise<EndedRun>((resolve) => engine.once('ended', resolve))
      await queueJob(forecourt, task, input)
      return await ended
    } finally {
      await engine.stop()
    }
  }

  it('finds that it was kept, and does it once', async () => {
    expect(await runToEnd('lose-commit', { mark: 'by a job' })).toMatchObject({
      ending: 'success',
      completion: 'done',
    })
    expect(await count("effects where mark = 'by a job'")).toBe(1)
  })

  it('is done where the COMMIT was the one that closed its run', async () => {
    expect(await runToEnd('lose-settling')).toMatchObject({ ending: 'success', completion: 'done' })
    expect(await count("job_history where job_name = 'lose-settling' and status = 'success'")).toBe(
      1,
    )
  })
})

describe('a sign-in with a provider whose COMMIT failed', () => {
  it.each(['cut', 'serialize', 'refuse'] as const)(
    'opens no session and hands out no cookie (%s)',
    async (fault) => {
      const person = buildPerson()
      peer.signInAs(person)
      const walker = openSignInBrowser(forecourt)
      const url = await walker.passProvider(await walker.startSignIn('house'))
      await faults.arm('users_sessions', fault)
      const { headers, text } = await walker.followCallback(url).expect(503)
      expect(text).toContain('You are not signed in')
      expect(String(headers['set-cookie'])).not.toContain('forecourt-token')
      expect(await count('users where email = $1', [person.email])).toBe(0)
    },
  )
})

describe('npm run import', () => {
  it.each([
    ['cut', OUTCOME_UNKNOWN.slice(0, 40)],
    ['refuse', 'did not save this change'],
  ] as const)('names the file whose COMMIT failed, and ends with 1 (%s)', async (fault, words) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-import-'))
    const vin = anyVin()
    const front =
      `---\nvin: ${vin}\nyear: 2021\nmake: Honda\nmodel: Accord\nprice: 20000\nmileage: ` +
      '100\n---\n'
    await writeFile(path.join(folder, 'one-car.md'), front)
    await faults.arm('inventory', fault)
    const { code, output } = await runCommand('import', ['jekyll', folder], {
      DATABASE_URL: forecourt.url,
    })
    await rm(folder, { recursive: true })
    expect(output).toMatch(/refused +one-car\.md/)
    expect(output).toContain(words)
    expect(code).toBe(1)
    expect(await count('inventory where vin = $1', [vin])).toBe(0)
  })
})
