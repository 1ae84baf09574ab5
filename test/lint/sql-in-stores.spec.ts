import { describe, expect, it } from '@jest/globals'
import { filesUnder, read } from '../support/repository-files.ts'

/** The start of a statement in a text, or drizzle's tag. */
const STATEMENT =
  /(?<!`)\bsql`|['"`]\s*(?:select\s|insert into\s|update\s+\w+\s+(?:\w+\s+)?set\s|delete from\s|with\s+\w+\s+as\s*\()/

const hasSql = (text: string) => STATEMENT.test(text)

/** A room's door to the database, and the tables behind it. */
const STORE = /^plugins\/[^/]+\/(?:store\/|(?:store|tables)\.ts$)/

describe('the SQL of a room', () => {
  it('is in its store and nowhere else', () => {
    const files = filesUnder('plugins').filter((file) => /\.tsx?$/.test(file) && !STORE.test(file))
    expect(files.filter((file) => hasSql(read(file)))).toEqual([])
  })

  it.each([
    'const found = await sql(`select id from competitors where id = $1`, [id])',
    "await pool.query('insert into scrape_origins (origin) values ($1)', [origin])",
    'await sql(`update scrape_requests page set state = $1`)',
    "await sql('delete from scrape_found')",
    'execute(sql`select 1`)',
    'const text = `\n  with runs as (select 1) select id from runs`',
  ])('is recognized: %s', (text) => {
    expect(hasSql(text)).toBe(true)
  })

  it.each([
    "const label = 'Select a platform'",
    'const selector = `select[name="${name}"]`',
    "const hint = 'Update the set-up of the competitor.'",
    "import type { Sql } from './sql.ts'",
    '/** In the transaction of `sql`. */',
  ])('is not mistaken for other text: %s', (text) => {
    expect(hasSql(text)).toBe(false)
  })
})
