import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MASK } from '../../src/domain/audit-change.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { type AuditLog, openAuditLog } from '../support/audit-log.ts'

let forecourt: TestForecourt
let auditLog: AuditLog
beforeAll(async () => {
  forecourt = await openForecourt()
  auditLog = openAuditLog(forecourt)
})
afterAll(() => forecourt.close())

const TABLES = { activity_logs: 'changes', admin_audit_logs: 'context' } as const
const FIELDS = { nickname: { from: 'Betty', to: null }, odometerReading: { from: 1, to: 2 } }
const BLANKED = { nickname: { from: MASK, to: null }, odometerReading: { from: MASK, to: MASK } }

/**
 * Two lines about an owner's row, one in each table; that of admin_audit_logs was made by `actor`.
 */
async function writeLines(owner: string, actor: string): Promise<void> {
  const change = JSON.stringify({ owner, fields: FIELDS })
  const from = ['10.0.0.1', 'a browser', 'request-1']
  await forecourt.sql(
    'insert into activity_logs (action, resource_type, changes, ip_address, user_agent, ' +
      `request_id) values ('update', 'vehicles', $1, $2, $3, $4)`,
    [change, ...from],
  )
  await forecourt.sql(
    `insert into admin_audit_logs (actor_admin_id, action, resource_type, context, ip_address,
      user_agent, request_id)
     values ($1, 'update', 'vehicles', $2, $3, $4, $5)`,
    [actor, change, ...from],
  )
}

const blank = (person: string) =>
  forecourt.sql('select forecourt_blank_person($1) as lines', [person])
const ownersLines = async (owner: string) => [
  ...(await auditLog.activity("changes->>'owner' = $1", [owner])),
  ...(await auditLog.audit("context->>'owner' = $1", [owner])),
]

describe.each(Object.entries(TABLES))('a line of %s', (table, column) => {
  const lines = (where = 'true') =>
    forecourt.sql(`select * from ${table} where ${where} order by id`)

  it.each([
    `update ${table} set action = 'nothing'`,
    `update ${table} set ip_address = null`,
    `update ${table} set user_agent = null, ${column} = null`,
    `update ${table} set ${column} = forecourt_blank_change(${column})`,
    `update ${table} set created_at = now()`,
    `delete from ${table}`,
    `delete from ${table} where false`,
    `truncate ${table}`,
    `truncate ${table} cascade`,
    `set session_replication_role = replica; delete from ${table}`,
    `insert into ${table} select * from ${table} limit 1 on conflict (id) do update
      set ` + `action = 'nothing'`,
  ])(
    'stays as it is, against the application and the owner of the table: %s',
    async (statement) => {
      await writeLines('auth0|kept', 'auth0|an admin')
      const before = (await lines()).rows
      for (const ask of [forecourt.sql, forecourt.ownerSql])
        await expect(ask(statement)).rejects.toMatchObject({
          code: '42501',
          message: expect.stringMatching(/^The trail is only ever added to|^permission denied/),
        })
      expect((await lines()).rows).toEqual(before)
    },
  )
})

/** What stands for a person who was taken out. */
const pseudonym = (person: string) => `purged|${createHash('sha256').update(person).digest('hex')}`

describe('one person', () => {
  it('is taken out of the lines about their rows: every value, and no field’s name', async () => {
    await writeLines('auth0|gone', 'auth0|an admin')
    await writeLines('auth0|gone too', 'auth0|an admin')
    expect((await blank('auth0|gone')).rows).toEqual([{ lines: 2 }])
    const lines = await ownersLines(pseudonym('auth0|gone'))
    expect(lines).toHaveLength(2)
    for (const line of lines)
      expect(line).toMatchObject({
        change: { fields: BLANKED },
        ip_address: '10.0.0.1',
        user_agent: 'a browser',
        request_id: 'request-1',
      })
    for (const line of await ownersLines('auth0|gone too'))
      expect(line.change?.fields).toEqual(FIELDS)
  })

  it('is taken out of what they did as an admin: their name, the address and the program', async () => {
    await writeLines('auth0|an owner', 'auth0|was an admin')
    await blank('auth0|was an admin')
    expect(
      await auditLog.audit('actor_admin_id = $1', [pseudonym('auth0|was an admin')]),
    ).toMatchObject([
      { ip_address: null, user_agent: null, request_id: 'request-1', change: { fields: FIELDS } },
    ])
  })

  it(
    'is named nowhere any more: not as a target, a row, a key, in a look or in what a refused ' +
      'request asked for',
    async () => {
      const looks = [
        {
          collection: 'vehicles',
          operation: 'read',
          filter: { userId: { equals: 'auth0|every' } },
          ids: ['auth0|every', 7],
        },
      ]
      await forecourt.sql(
        `insert into admin_audit_logs (actor_admin_id, target_admin_id, action, resource_id,
          context,
        ip_address)
       values ('auth0|other', 'auth0|every', 'look', 'auth0|every', $1, '10.0.0.2')`,
        [JSON.stringify({ owner: 'auth0|every one else', looks })],
      )
      for (const requests of [
        '/api/vehicles?where[userId]=auth0%7Cevery',
        '/api/vehicles?where[userId]=auth0%7Cnobody',
      ])
        await forecourt.sql(
          'insert into activity_logs (action, resource_key, changes, ip_address) values ' +
            `('denied', 'auth0|every', $1, '10.0.0.2')`,
          [JSON.stringify({ asked: requests })],
        )
      await blank('auth0|every')
      const name = pseudonym('auth0|every')
      expect(await auditLog.audit("context->>'owner' = 'auth0|every one else'")).toMatchObject([
        {
          actor_admin_id: 'auth0|other',
          target_admin_id: name,
          resource_id: name,
          ip_address: '10.0.0.2',
          change: { looks: [{ filter: { userId: { equals: name } }, ids: [name, 7] }] },
        },
      ])
      expect(
        (await auditLog.activity('resource_key = $1', [name])).map(({ change }) => change?.asked),
      ).toEqual([MASK, '/api/vehicles?where[userId]=auth0%7Cnobody'])
      for (const table of Object.keys(TABLES))
        expect(
          (
            await forecourt.sql(
              `select * from ${table} where to_jsonb(${table})::text ~* 'auth0(%7c|[|])every"'`,
            )
          ).rows,
        ).toEqual([])
    },
  )

  it('is taken out with a line that says so, each time', async () => {
    const result = () =>
      auditLog.audit("action = 'blank_person' and resource_id = $1", [pseudonym('auth0|twice')])
    await writeLines('auth0|twice', 'auth0|an admin')
    await forecourt.sql("select forecourt_blank_person('auth0|twice', 'staff:1')")
    expect((await blank('auth0|twice')).rows).toEqual([{ lines: 0 }])
    expect((await result()).map(({ actor_admin_id: actor }) => actor)).toEqual([
      'staff:1',
      'system',
    ])
  })

  it('is someone: nobody by no name', async () => {
    await expect(blank('')).rejects.toThrow(
      'forecourt_blank_person() needs the auth0_sub of an owner',
    )
    await expect(forecourt.sql('select forecourt_blank_person(null)')).rejects.toThrow(
      'needs the auth0_sub',
    )
  })

  it(
    'cannot be taken out, even in the same transaction, by anything but blanks, not by the ' +
      'owner of the tables',
    async () => {
      await writeLines('auth0|half', 'auth0|an admin')
      const change = (set: string) =>
        forecourt.ownerSql(
          `do $$ begin perform forecourt_blank_person('auth0|other'); perform
          forecourt_blank_person('auth0|an admin');
         update admin_audit_logs set ${set} where context->>'owner' = 'auth0|half'; end $$`,
        )
      await expect(change("ip_address = '10.9.9.9'")).rejects.toThrow('only ever added to')
      await expect(change("action = 'nothing'")).rejects.toThrow('only ever added to')
      await expect(change('context = forecourt_blank_change(context)')).rejects.toThrow(
        'only ever added to',
      )
      await expect(
        change(`context = context from set_config('forecourt.forgotten', 'auth0|half', true)`),
      ).rejects.toThrow('only ever added to')
      expect((await ownersLines('auth0|half')).map((line) => line.change?.fields)).toEqual([
        FIELDS,
        FIELDS,
      ])
    },
  )
})
