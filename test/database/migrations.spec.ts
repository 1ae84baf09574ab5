import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { migrations } from '../../src/database/migrations/index.ts'
import { withClient } from '../support/databases.ts'
import { type EmptyDatabase, createEmptyDatabase } from '../support/http-database.ts'

const STARTERS = 4
/** Each starter loads Payload; on a small machine, four of them take a while. */
const TIMEOUT_MS = 180_000

let database: EmptyDatabase
beforeEach(async () => {
  database = await createEmptyDatabase()
})
afterEach(() => database.drop())

const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [`test/support/${script}`, ...args])

describe('the migrations', () => {
  it(
    'are applied once each, however many processes start at once on an empty database',
    async () => {
      await Promise.all(
        Array.from({ length: STARTERS }, () =>
          run('migrate-template.ts', database.url, database.ownerUrl),
        ),
      )
      const rows = await database.query<{ name: string }>(
        'select name from payload_migrations order by name',
      )
      expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
      const tables = await database.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      )
      expect(tables.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['inventory', 'media', 'pending_submissions', 'users']),
      )
    },
    TIMEOUT_MS,
  )

  it(
    'leave nothing of one that fails, keep those before it, and go on there once it can be applied',
    async () => {
      const asOwner = (statement: string) =>
        withClient(database.ownerUrl, (client) => client.query(statement))
      await asOwner('create table vehicles (in_the_way int)')
      await expect(
        run('migrate-template.ts', database.url, database.ownerUrl),
      ).rejects.toMatchObject({
        stderr: expect.stringMatching(
          /The migration 20261122_030000_every_table failed and was rolled back: relation "vehicles" already exists/,
        ),
      })
      const before = migrations.slice(0, 2)
      expect((await asOwner(`select to_regclass('engines') as engines`)).rows).toEqual([
        { engines: null },
      ])
      expect((await asOwner('select name from payload_migrations order by name')).rows).toEqual(
        before.map(({ name }) => ({ name })),
      )
      await asOwner('drop table vehicles')
      await run('migrate-template.ts', database.url, database.ownerUrl)
      expect(
        (await asOwner('select name, batch from payload_migrations order by name')).rows,
      ).toEqual(migrations.map(({ name }, place) => ({ name, batch: place < 2 ? '1' : '2' })))
    },
    TIMEOUT_MS,
  )

  it(
    'make what the collections say now: there is nothing left to write a migration for, and what is left out is written',
    async () => {
      const { stdout } = await run('http-drift.ts', database.url, database.ownerUrl)
      const { written, text } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
        written: string[][]
        text: string
      }
      expect(written).toEqual([
        [],
        [
          expect.stringMatching(/^\d{8}_\d{6}_Same_again\.ts$/),
          expect.stringMatching(/^\d{8}_\d{6}_Same_again\.json$/),
        ],
      ])
      expect(text).toMatch(
        /import \{ type MigrateUpArgs, type MigrateDownArgs, sql \}[^]*up\(\{ db \}: [^]*(ALTER|CREATE) TABLE/,
      )
    },
    TIMEOUT_MS,
  )
})
