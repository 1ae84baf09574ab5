import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { CREATE_SEARCH_EXTENSION } from '../../src/database/public-site-schema.ts'
import { createDatabase, dropDatabase, getTestServer, withClient } from '../support/databases.ts'

const NAME = `forecourt_test_${randomUUID().replaceAll('-', '')}`
const { ownerUrl } = getTestServer()

beforeAll(() => createDatabase(ownerUrl, NAME, 'template0'))
afterAll(() => dropDatabase(ownerUrl, NAME))

/** Works as the superuser in a database without the extension; nothing of it is kept. */
const inDatabase = (work: (client: pg.Client) => Promise<void>) => {
  const url = new URL(ownerUrl)
  url.pathname = NAME
  return withClient(url.href, async (client) => {
    await client.query('begin')
    await client.query('set role none')
    await work(client)
    await client.query('rollback')
  })
}

describe('the extension for the search of cars', () => {
  it('is created by the owner of the database', () =>
    inDatabase(async (client) => {
      await client.query('reset role')
      await client.query(CREATE_SEARCH_EXTENSION)
      const { rows } = await client.query(`select similarity('civic', 'civc') > 0.3 as similar`)
      expect(rows).toEqual([{ similar: true }])
    }))

  it('that a role may not create is an error that says who can', () =>
    inDatabase(async (client) => {
      await client.query('create role forecourt_stranger')
      await client.query('set role forecourt_stranger')
      await expect(client.query(CREATE_SEARCH_EXTENSION)).rejects.toThrow(
        'the role forecourt_stranger may not create the extension pg_trgm, which the search of ' +
          `cars needs. Let an administrator run CREATE EXTENSION pg_trgm in the database ${NAME}`,
      )
    }))

  // PostgreSQL before 18 looks for extensions in one folder alone.
  it('that is not installed is an error that names the package', () =>
    inDatabase(async (client) => {
      const { rows } = await client.query(`select current_setting('server_version_num')::int as v`)
      if (rows[0].v < 180_000) {
        process.stderr.write('\nNOT TRIED: a missing extension, before PostgreSQL 18.\n')
        return
      }
      await client.query(`set extension_control_path = '/nowhere'`)
      await expect(client.query(CREATE_SEARCH_EXTENSION)).rejects.toThrow(
        'PostgreSQL has no extension pg_trgm, which the search of cars needs. Install the package ' +
          'with the additional modules, such as postgresql-contrib',
      )
    }))
})
