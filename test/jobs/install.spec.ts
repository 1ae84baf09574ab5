import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { installQueues } from '../../jobs/install.ts'
import { getTestServer } from '../support/databases.ts'
import { withSchemaLock } from '../../src/database/migrate.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { getService } from '../../src/services.ts'

const { url, ownerUrl } = getTestServer()
const twoRoles = url === ownerUrl ? it.skip : it
if (url === ownerUrl)
  process.stderr.write(
    '\nNOT TRIED: TEST_DATABASE_URL is one role for all, so it may make queues itself.\n',
  )

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const queues = async () =>
  (await forecourt.sql('select name from pgboss.queue order by name')).rows.map(
    ({ name }) => name as string,
  )
const install = () => installQueues(forecourt.payload, forecourt.ownerUrl)

const dropQueue = () =>
  forecourt.ownerSql("delete from pgboss.job; select pgboss.delete_queue('prune-sessions')")

afterEach(install)

describe('the queues', () => {
  it('are there for every task once the product is open', async () => {
    expect(await queues()).toEqual(
      expect.arrayContaining([...getService(forecourt.payload, 'jobs').tasks.keys()]),
    )
  })

  it('are made once, however many starters find them missing', async () => {
    await forecourt.ownerSql('drop schema pgboss cascade')
    await Promise.all([install(), install(), install(), install()])
    expect(await queues()).toEqual(
      [...getService(forecourt.payload, 'jobs').tasks.keys()].toSorted(),
    )
    const job = await getService(forecourt.payload, 'jobs').enqueue(
      { payload: forecourt.payload },
      'prune-sessions',
    )
    expect(job).toMatch(/^[0-9a-f-]{36}$/)
  })

  twoRoles(
    'are taken over where another starter made them and has not granted them, or died before ' +
      'it could',
    async () => {
      const role = (await forecourt.sql('select quote_ident(current_user) as role')).rows[0]
        ?.role as string
      await forecourt.ownerSql(
        `revoke all on schema pgboss from ${role}; revoke all on all tables in schema pgboss
          ` + `from ${role}`,
      )
      await expect(forecourt.sql('select from pgboss.queue')).rejects.toThrow(
        'permission denied for schema pgboss',
      )
      await install()
      expect(await queues()).toEqual(expect.arrayContaining(['prune-sessions']))
      const job = await getService(forecourt.payload, 'jobs').enqueue(
        { payload: forecourt.payload },
        'prune-sessions',
      )
      expect(job).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  it('are not made while another starter migrates: two that grant at once fail each other', async () => {
    await forecourt.ownerSql('drop schema pgboss cascade')
    let done = false
    const making = await withSchemaLock(forecourt.ownerUrl, async (client) => {
      const started = install().finally(() => (done = true))
      const waiting = `select from pg_locks join pg_database d on d.oid = database
        where not granted and locktype = 'advisory' and datname = current_database()`
      while (!done && (await client.query(waiting)).rowCount === 0) await setTimeout(20)
      expect(done).toBe(false)
      return { started }
    })
    await making.started
    expect(await queues()).toEqual(
      [...getService(forecourt.payload, 'jobs').tasks.keys()].toSorted(),
    )
  })

  it('that are missing make a job fail where it is queued, not vanish', async () => {
    await dropQueue()
    await expect(
      getService(forecourt.payload, 'jobs').enqueue(
        { payload: forecourt.payload },
        'prune-sessions',
      ),
    ).rejects.toThrow(
      'The queue for the task prune-sessions does not exist. Run npm run migrate to create it.',
    )
  })

  twoRoles(
    'are made by the owner of the tables alone, who is named where they cannot be made',
    async () => {
      await dropQueue()
      await expect(installQueues(forecourt.payload, forecourt.url)).rejects.toThrow(
        /^The job queues \(prune-sessions\) cannot be created: .+ Set DATABASE_OWNER_URL to the role that owns the tables/,
      )
    },
  )

  twoRoles('belong to the owner, and the application may only work with them', async () => {
    const { rows } = await forecourt.sql(
      `select count(*)::int from pg_class where relnamespace = 'pgboss'::regnamespace
        and ` + `pg_has_role(relowner, 'member')`,
    )
    expect(rows).toEqual([{ count: 0 }])
    await expect(forecourt.sql('truncate pgboss.job')).rejects.toThrow('permission denied')
    await expect(forecourt.sql("select pgboss.create_queue('mine', '{}')")).rejects.toThrow(
      'permission denied',
    )
  })
})
