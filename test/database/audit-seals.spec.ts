import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { type SealReport, verifySeals } from '../../src/audit/seals/verify.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { withClient } from '../support/databases.ts'
import { runCommand } from '../support/command.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

/** Runs the job; answers its result. */
async function sealNow(): Promise<Record<string, unknown>> {
  const job = (await runJob(engine, forecourt, 'seal-audit-log')).run.jobId
  const [run] = await loadRuns(forecourt, job)
  return run?.result ?? { error: run?.error }
}

const verify = (): Promise<SealReport> => withClient(forecourt.url, verifySeals)

const writeActivity = (
  action = 'update',
  changes: object = { fields: { price: { from: 1, to: 2 } } },
) =>
  forecourt.sql('insert into activity_logs (action, resource_type, changes) values ($1, $2, $3)', [
    action,
    'inventory',
    changes,
  ])

const writeAudit = (actor: string, owner = 'auth0|somebody') =>
  forecourt.sql(
    'insert into admin_audit_logs (actor_admin_id, action, context, ip_address) values ($1, ' +
      `'update', $2, '10.0.0.1')`,
    [actor, { owner, fields: { nickname: { from: 'Betty', to: null } } }],
  )

const findId = async (table: string, where: string) =>
  String((await forecourt.sql(`select id from ${table} where ${where}`)).rows[0]?.id)

/**
 * The result of the check after the owner of the tables removed the guard of one of them; undone at
 * the end.
 */
const problemsAfter = (...tampering: { table: string; statement: string }[]) =>
  withClient(forecourt.ownerUrl, async (client) => {
    await client.query('begin')
    for (const { table, statement } of tampering)
      await client.query(`alter table ${table} disable trigger user; ${statement}`)
    const { problems } = await verifySeals(client)
    await client.query('rollback')
    return problems
  })

describe('the job', () => {
  it('seals each entry of both logs once, however often it runs', async () => {
    await writeActivity()
    await writeAudit('auth0|an admin')
    const first = await sealNow()
    expect(first).toEqual({ entries: 2, seal: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await sealNow()).toEqual({ entries: 0 })
    await writeActivity('delete')
    const second = await sealNow()
    expect(second).toMatchObject({ entries: 1, seal: 2 })
    const report = await verify()
    expect(report).toMatchObject({
      entries: 3,
      waiting: 0,
      problems: [],
      head: { seal: 2, hash: second['hash'] },
    })
  })

  it('finds an entry whose transaction commits after a later entry was sealed', async () => {
    const client = await getPostgresAdapter(forecourt.payload).pool.connect()
    await client.query('begin')
    await client.query("insert into activity_logs (action) values ('late')")
    await writeActivity('early')
    expect(await sealNow()).toMatchObject({ entries: 1 })
    await client.query('commit')
    client.release()
    expect(await sealNow()).toMatchObject({ entries: 1 })
    expect(await verify()).toMatchObject({ waiting: 0, problems: [] })
  })

  it('takes a backlog in several seals', async () => {
    await forecourt.sql(
      `insert into activity_logs (action, created_at) select 'backlog', now() - interval '1 hour' +
        make_interval(secs => n * 0.01)
       from generate_series(1, 12000) n`,
    )
    const before = (await verify()).head?.seal ?? 0
    expect(await sealNow()).toMatchObject({ entries: 12_000, seal: before + 2 })
    expect(await verify()).toMatchObject({ waiting: 0, problems: [] })
  })

  it('seals again what a purge redacted, and the log counts as intact before and after', async () => {
    const person = `auth0|${randomUUID()}`
    await writeAudit(person)
    await writeAudit('auth0|an admin', person)
    await writeActivity('update', {
      owner: person,
      fields: { nickname: { from: 'Betty', to: null } },
    })
    await sealNow()
    await forecourt.sql('select forecourt_blank_person($1)', [person])
    expect(await verify()).toMatchObject({ waiting: 4, problems: [] })
    expect(await sealNow()).toMatchObject({ entries: 4 })
    expect(await verify()).toMatchObject({ waiting: 0, problems: [] })
    expect(await sealNow()).toEqual({ entries: 0 })
  })

  it.each(['audit_seals', 'audit_seal_entries', 'audit_redactions'])(
    'leaves %s append-only',
    async (table) => {
      for (const statement of [
        `update ${table} set hash = hash`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await expect(forecourt.sql(statement)).rejects.toThrow(/permission denied|does not exist/)
        await expect(forecourt.ownerSql(statement)).rejects.toThrow(/append-only|does not exist/)
      }
      await expect(
        forecourt.sql('insert into audit_redactions (log, entry, purge) values ($1, $2, $2)', [
          'x',
          randomUUID(),
        ]),
      ).rejects.toThrow('permission denied')
    },
  )
})

describe('the check', () => {
  let [seal, activity, audit] = ['', '', '']
  beforeAll(async () => {
    await writeActivity('sell')
    await writeAudit('auth0|a checked admin')
    seal = String((await sealNow())['seal'])
    activity = await findId('activity_logs', `action = 'sell'`)
    audit = await findId('admin_audit_logs', `actor_admin_id = 'auth0|a checked admin'`)
    await writeActivity('sign_in')
    await sealNow()
  })

  it('names an entry that was changed', async () => {
    const statement = `update activity_logs set changes = '{"fields": {}}' where id = '${activity}'`
    expect(await problemsAfter({ table: 'activity_logs', statement })).toEqual([
      `Entry ${activity} of activity_logs (seal ${seal}) was changed after it was sealed.`,
    ])
  })

  it('names an entry that was deleted', async () => {
    const statement = `delete from admin_audit_logs where id = '${audit}'`
    expect(await problemsAfter({ table: 'admin_audit_logs', statement })).toEqual([
      `Entry ${audit} of admin_audit_logs (seal ${seal}) was deleted after it was sealed.`,
    ])
  })

  it('names an entry that was added among older ones', async () => {
    const id = randomUUID()
    const statement =
      `insert into activity_logs (id, action, created_at) values ('${id}', 'forged', now() -
        ` + `interval '3 days')`
    expect(await problemsAfter({ table: 'activity_logs', statement })).toEqual([
      `Entry ${id} of activity_logs is dated before the last seal but was never sealed, so it ` +
        'was added later.',
    ])
  })

  it('names a seal whose hashes were exchanged with an entry', async () => {
    const change = `update activity_logs set action = 'nothing' where id = '${activity}'`
    const reseal = `update audit_seal_entries s set hash = forecourt_entry_hash('activity_logs', l)
      from activity_logs l
      where l.id = s.entry and l.id = '${activity}'`
    expect(
      await problemsAfter(
        { table: 'activity_logs', statement: change },
        { table: 'audit_seal_entries', statement: reseal },
      ),
    ).toEqual([`Seal ${seal} does not match its entries and the previous seal.`])
  })

  it('names the seal after one that was removed', async () => {
    const problems = await problemsAfter(
      {
        table: 'audit_seal_entries',
        statement: `delete from audit_seal_entries where seal = ${seal}`,
      },
      { table: 'audit_seals', statement: `delete from audit_seals where id = ${seal}` },
    )
    expect(problems).toContain(
      `Seal ${Number(seal) + 1} does not match its entries and the previous seal.`,
    )
  })

  it('is a command that knows a hash noted down earlier, and exits with 1 when something is wrong', async () => {
    const { head } = await verify()
    const environment = { DATABASE_URL: forecourt.url, DATABASE_OWNER_URL: forecourt.ownerUrl }
    const intact = await runCommand('audit', ['verify', head?.hash ?? ''], environment)
    expect(intact).toMatchObject({
      code: 0,
      output: expect.stringContaining('The audit log is intact: '),
    })
    expect(intact.output).toContain(`${head?.hash} is seal ${head?.seal}, created at`)
    const other = await runCommand('audit', ['verify', 'ab'.repeat(32)], environment)
    expect(other).toMatchObject({
      code: 1,
      output: expect.stringContaining(`No seal has the hash ${'ab'.repeat(32)}.`),
    })
    expect(await runCommand('audit', ['verify', 'nonsense'], environment)).toMatchObject({
      code: 1,
    })
    await forecourt.ownerSql(
      'alter table activity_logs disable trigger user; delete from activity_logs where id = ' +
        `'${activity}'`,
    )
    const broken = await runCommand('audit', ['verify'], environment)
    expect(broken).toMatchObject({
      code: 1,
      output: expect.stringContaining('The audit log is NOT intact'),
    })
  })
})
