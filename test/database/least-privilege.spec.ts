import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { applyMigrations } from '../../src/database/migrate.ts'
import { findOwnershipWarning } from '../../src/database/privileges.ts'
import { withClient, getTestServer } from '../support/databases.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const TRAILS = ['activity_logs', 'admin_audit_logs']

const { url, ownerUrl } = getTestServer()
const twoRoles = url === ownerUrl ? describe.skip : describe
if (url === ownerUrl)
  process.stderr.write(
    '\nNOT TRIED: TEST_DATABASE_URL is one role for all, so nothing shows what the ' +
      'application’s own may not do.\n',
  )

let forecourt: TestForecourt
let role: string
beforeAll(async () => {
  forecourt = await openForecourt()
  role = String((await forecourt.sql('select quote_ident(current_user) as role')).rows[0].role)
})
afterAll(() => forecourt.close())

/** Does `work` as whoever the owner's URL signs in as: the superuser of the embedded PostgreSQL. */
const asSuperuser = (work: (client: pg.Client) => Promise<unknown>) =>
  withClient(forecourt.ownerUrl, async (client) => {
    await client.query('set role none')
    await work(client)
  })

twoRoles('the role that the application asks its database as', () => {
  it('is no superuser, makes no roles and no databases, and is a member of no other role', async () => {
    const { rows } = await forecourt.sql(
      `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
        (select count(*)::int from pg_auth_members where member = pg_roles.oid) as roles
          from pg_roles where rolname = current_user`,
    )
    const no = {
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
    }
    expect(rows).toEqual([{ ...no, roles: 0 }])
  })

  it('owns nothing: no table, no function, no schema, no database', async () => {
    const { rows } = await forecourt.sql(
      `select * from pg_shdepend where deptype = 'o' and refobjid = current_user::regrole`,
    )
    expect(rows).toEqual([])
    expect(await findOwnershipWarning(forecourt.payload)).toBeNull()
  })

  it(
    'may read and write the rows of every table, but only add to the audit log and only read what ' +
      'was migrated',
    async () => {
      const { rows } = await forecourt.sql(
        `select relname as name, (select string_agg(upper(left(r, 1)), '' order by place) from
          unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) with
            ordinality as rights(r, place)
          where has_table_privilege(pg_class.oid, r)) as may
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      )
      const less = Object.fromEntries(
        rows.flatMap(({ name, may }) => (may === 'SIUD' ? [] : [[name, may]])),
      )
      expect(rows.length).toBeGreaterThan(35)
      const appendOnly = {
        activity_logs: 'SI',
        admin_audit_logs: 'SI',
        audit_seals: 'SI',
        audit_seal_entries: 'SI',
      }
      expect(less).toEqual({ ...appendOnly, audit_redactions: 'S', payload_migrations: 'S' })
    },
  )

  it.each([
    'alter table inventory add column free text',
    'drop table inventory',
    'truncate inventory',
    'truncate activity_logs',
    'alter table activity_logs disable trigger activity_logs_keep',
    'alter table admin_audit_logs disable trigger all',
    'drop trigger activity_logs_keep on activity_logs',
    'drop function forecourt_keep_trail() cascade',
    'create or replace function forecourt_keep_trail() returns trigger language plpgsql as ' +
      `'begin return new; end'`,
    'create or replace trigger activity_logs_keep before update on activity_logs for each row ' +
      'execute function forecourt_tell_change()',
    'alter table activity_logs owner to current_user',
    'alter table inventory rename to cars',
    'create rule nothing as on insert to activity_logs do instead nothing',
    'create table mine (id int)',
    'create schema mine',
    'create view seen as select 1',
    'create index on users (hash)',
    'set role forecourt_owner',
    'set role postgres',
    'set session_replication_role = replica',
    'alter role current_user superuser',
    'create role another',
    'create database another',
    `alter system set fsync = off`,
    'select * from pg_authid',
    'select rolpassword from pg_authid',
    `select pg_read_file('postgresql.conf')`,
    `copy (select 1) to program 'true'`,
    `copy users to '/dev/null'`,
    `copy users from program 'true'`,
    `select lo_import('/etc/hostname')`,
    'create extension dblink',
    'reassign owned by forecourt_owner to current_user',
    `update payload_migrations set batch = 0`,
    `insert into payload_migrations (name, batch) values ('mine', 9)`,
  ])('may not: %s', async (statement) => {
    const wanted = 'permission denied|must be owner|must be superuser|forbidden'
    await expect(forecourt.sql(statement)).rejects.toMatchObject({
      message: expect.stringMatching(wanted),
      code: '42501',
    })
  })
})

twoRoles.each(TRAILS)('the lines of %s', (table) => {
  beforeAll(async () => {
    await forecourt.sql(`insert into activity_logs (action) values ('update')`)
    await forecourt.sql(
      `insert into admin_audit_logs (actor_admin_id, action) values ('auth0|an admin', 'update')`,
    )
  })
  const statements = [`update ${table} set action = 'nothing'`, `delete from ${table}`]

  it('are kept by what the application’s role may not, and by the table itself where it may', async () => {
    for (const statement of statements)
      await expect(forecourt.sql(statement)).rejects.toThrow(`permission denied for table ${table}`)
    await forecourt.ownerSql(`grant update, delete, truncate on ${table} to ${role}`)
    for (const statement of [...statements, `truncate ${table}`])
      await expect(forecourt.sql(statement)).rejects.toThrow('The trail is only ever added to')
  })

  it(
    'are the application’s only to add to again from the next start on, whatever was granted ' +
      'meanwhile',
    async () => {
      await forecourt.ownerSql(`grant update, delete, truncate on ${table} to ${role}`)
      await forecourt.ownerSql(`revoke insert on ${table} from ${role}`)
      expect(await applyMigrations(forecourt.payload, forecourt.ownerUrl)).toEqual([])
      const may =
        `select has_table_privilege('${table}', 'insert') as add,
          ` + `has_table_privilege('${table}', 'update, delete, truncate') as more`
      expect((await forecourt.sql(may)).rows).toEqual([{ add: true, more: false }])
    },
  )
})

twoRoles('the function that takes a person out of the audit log', () => {
  const line = (person: string) =>
    forecourt.sql(
      'insert into admin_audit_logs (actor_admin_id, action, ip_address) values ($1, ' +
        `'update', '10.0.0.1') returning id`,
      [person],
    )
  const addressOf = async (person: string) =>
    (
      await forecourt.sql(`select ip_address from admin_audit_logs where actor_admin_id = $1`, [
        person,
      ])
    ).rows

  it('is for the application’s role and for no other', async () => {
    const { rows } = await forecourt.sql(
      `select has_function_privilege(f.oid, 'execute') as ours, has_function_privilege('public',
        f.oid, 'execute') as anybodys
       from pg_proc f where proname = 'forecourt_blank_person'`,
    )
    expect(rows).toEqual([{ ours: true, anybodys: false }])
  })

  it(
    'works on our tables, whatever the caller puts in their place, and leaves its own line in ' +
      'the real one',
    async () => {
      await line('auth0|hidden')
      await withClient(forecourt.url, async (client) => {
        for (const table of TRAILS)
          await client.query(`create temp table ${table} (like public.${table})`)
        await client.query('set search_path = pg_temp, public')
        await client.query(`select public.forecourt_blank_person('auth0|hidden')`)
        expect((await client.query('select * from pg_temp.admin_audit_logs')).rows).toEqual([])
      })
      const { rows } = await forecourt.sql(`select forecourt_pseudonym('auth0|hidden') as name`)
      expect(await addressOf(rows[0].name)).toEqual([{ ip_address: null }])
      const result = `select 1 from admin_audit_logs where action = 'blank_person'
        and resource_id = $1`
      expect((await forecourt.sql(result, [rows[0].name])).rowCount).toBe(1)
    },
  )

  it('does not open the audit log to the caller, not even in the transaction that it ran in', async () => {
    await line('auth0|other')
    await withClient(forecourt.url, async (client) => {
      await client.query('begin')
      await client.query(`select forecourt_blank_person('auth0|one')`)
      await expect(client.query(`update admin_audit_logs set ip_address = null`)).rejects.toThrow(
        'permission denied',
      )
      await client.query('rollback')
    })
    expect(await addressOf('auth0|other')).toEqual([{ ip_address: '10.0.0.1' }])
  })

  it(
    'cannot be told by a table of one’s own that somebody was taken out, even by who may ' +
      'change lines',
    async () => {
      await line('auth0|kept')
      await forecourt.ownerSql(`grant update on admin_audit_logs to ${role}`)
      await withClient(forecourt.url, async (client) => {
        await client.query('begin')
        await client.query(
          `create temp table admin_audit_logs as select 'auth0|kept' as resource_id,
            ` + `'blank_person' as action, now() as created_at`,
        )
        const blank =
          'update public.admin_audit_logs set ip_address = null where actor_admin_id = ' +
          `'auth0|kept'`
        await expect(client.query(blank)).rejects.toThrow('The trail is only ever added to')
        await client.query('rollback')
      })
      await applyMigrations(forecourt.payload, forecourt.ownerUrl)
    },
  )
})

twoRoles('a start on tables that are another’s', () => {
  const give = (table: string, to: string) =>
    asSuperuser((client) => client.query(`alter table ${table} owner to ${to}`))
  let owner: string
  beforeAll(async () => {
    owner = String(
      (await forecourt.ownerSql('select quote_ident(current_user) as role')).rows[0].role,
    )
  })

  it('is warned when they are the application’s own: with the setting that changes it', async () => {
    await give('activity_logs', role)
    const warning = await findOwnershipWarning(forecourt.payload)
    expect(warning).toContain(`The role ${role} in DATABASE_URL owns the tables`)
    expect(warning).toContain('DATABASE_OWNER_URL')
    await give('activity_logs', owner)
    expect(await findOwnershipWarning(forecourt.payload)).toBeNull()
  })

  it(
    'happens as the application alone while no migration waits, and else names the setting that ' +
      'the owner belongs in',
    async () => {
      expect(await applyMigrations(forecourt.payload, forecourt.url)).toEqual([])
      await forecourt.ownerSql('update payload_migrations set batch = -batch')
      const start = applyMigrations(forecourt.payload, forecourt.url)
      await expect(start).rejects.toMatchObject({
        name: 'WrongSetting',
        message: expect.stringContaining('Set DATABASE_OWNER_URL'),
      })
      await forecourt.ownerSql('update payload_migrations set batch = -batch')
    },
  )

  it('does not happen when migrations could not change them: it says how to hand them over', async () => {
    await give('payload_migrations', role)
    const start = applyMigrations(forecourt.payload, forecourt.ownerUrl)
    await expect(start).rejects.toMatchObject({
      name: 'WrongSetting',
      message: expect.stringContaining('REASSIGN OWNED BY'),
    })
    await give('payload_migrations', owner)
    expect(await applyMigrations(forecourt.payload, forecourt.ownerUrl)).toEqual([])
  })
})
