import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { withClient } from '../support/databases.ts'
import { queryDatabase, openMachine } from '../support/embedded-machine.ts'
import { buildDatabaseUrl } from '../support/settings.ts'

jest.setTimeout(600_000)

/** Starts Forecourt on a database and stops it again, in a process of its own. */
const bringUpToDate = (...urls: string[]) =>
  promisify(execFile)(process.execPath, ['test/support/migrate-template.ts', ...urls])

/** Everything that belongs to a role, in the database that is asked and beside it. */
const BELONGINGS = (role: string) =>
  `select count(*)::int as things from pg_shdepend where deptype = 'o'
    and refobjid = ` + `'${role}'::regrole`

/**
 * Puts a cluster back to what a Forecourt before the two roles made of it: the role it signs in as
 * makes and owns its database.
 */
async function asItWas(ownerUrl: string): Promise<void> {
  await withClient(buildDatabaseUrl(ownerUrl, 'postgres'), async (client) => {
    for (const statement of [
      'set role none',
      'drop database forecourt',
      'drop role forecourt_owner',
      'alter role forecourt with login createdb nosuperuser',
      'create database forecourt owner forecourt',
    ])
      await client.query(statement)
  })
}

describe('the embedded database of an earlier Forecourt, whose tables belong to the role it signs in as', () => {
  const here = openMachine()
  afterEach(() => here.clear())

  it('is handed over whole at the next start, with every row, and once', async () => {
    const dataDir = join(await here.folder(), 'data')
    const old = await here.start(dataDir)
    await asItWas(old.ownerUrl)
    await bringUpToDate(old.url)
    await queryDatabase(
      old.url,
      `insert into engines (name) select 'Engine ' || n from generate_series(1, 500) n`,
    )
    await queryDatabase(old.url, `insert into activity_logs (action) values ('update')`)
    const [had] = await queryDatabase(old.url, BELONGINGS('forecourt'))
    expect(had?.['things']).toBeGreaterThan(40)
    await old.stop()

    const next = await here.start(dataDir)
    expect(
      here.said.filter((line) => line.includes('now belong to the role forecourt_owner')),
    ).toHaveLength(1)
    expect(await queryDatabase(next.url, BELONGINGS('forecourt'))).toEqual([{ things: 0 }])
    expect(await queryDatabase(next.url, BELONGINGS('forecourt_owner'))).toEqual([had])
    await bringUpToDate(next.url, next.ownerUrl)
    expect(
      await queryDatabase(
        next.url,
        'select count(*)::int as engines, max(id) as last from engines',
      ),
    ).toEqual([{ engines: 500, last: 500 }])
    expect(
      await queryDatabase(next.url, `insert into engines (name) values ('One more') returning id`),
    ).toEqual([{ id: 501 }])
    expect(await queryDatabase(next.url, 'select action from activity_logs')).toEqual([
      { action: 'update' },
    ])
    await expect(queryDatabase(next.url, 'delete from activity_logs')).rejects.toThrow(
      'permission denied',
    )
    await expect(queryDatabase(next.url, 'create database another')).rejects.toThrow(
      'permission denied',
    )
    await next.stop()

    await here.start(dataDir)
    expect(here.said.filter((line) => line.includes('now belong to'))).toHaveLength(1)
  })

  it(
    'is used as its owner by nobody who signs in: the owner cannot, and the superuser’s ' +
      'password is in a file of mode 0600',
    async () => {
      const dataDir = join(await here.folder(), 'data')
      const { url, ownerUrl } = await here.start(dataDir)
      expect(
        await queryDatabase(
          url,
          `select rolcanlogin, rolsuper from pg_roles where rolname = 'forecourt_owner'`,
        ),
      ).toEqual([{ rolcanlogin: false, rolsuper: false }])
      expect(await queryDatabase(ownerUrl, 'select current_user as role')).toEqual([
        { role: 'forecourt_owner' },
      ])
      expect(await readFile(join(dataDir, 'postgres.pgpass'), 'utf8')).toContain(
        new URL(ownerUrl).password,
      )
      expect(new URL(url).password).not.toBe(new URL(ownerUrl).password)
    },
  )
})
