import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { CHECK, readDocuments } from '../support/schema-documents.ts'

let forecourt: TestForecourt
let database: pg.Client
beforeAll(async () => {
  forecourt = await openForecourt()
  database = new pg.Client({ connectionString: forecourt.url })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await forecourt.close()
})

describe('the tables', () => {
  it('are those of the schema documents, to the last point', async () => {
    if (!readDocuments()) return
    const checked = promisify(execFile)(process.execPath, [CHECK, forecourt.url]).catch(
      (error: { stdout: string }) => error,
    )
    expect((await checked).stdout.trim().split('\n')).toEqual([
      'schema contract: 1132 of 1132 points held',
    ])
  })
})

/** What PostgreSQL says to a statement: its error code, or `done`. */
const codeOf = (statement: string, values: unknown[]) =>
  database.query(statement, values).then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

describe('the database itself', () => {
  it.each([
    ['price = 0', '23514'],
    ['mileage = 0', '23514'],
    ["status = 'gone'", '23514'],
    ['vin = null', '23502'],
    ['price = null', '23502'],
    ["vin = repeat('A', 18)", '22001'],
    ["make = repeat('x', 101)", '22001'],
    ['price = 100000000', '22003'],
    ['created_by = gen_random_uuid()', '23503'],
  ])('refuses %s, whoever writes it', async (change, code) => {
    const { id } = await saveCar(forecourt.payload)
    expect(await codeOf(`update inventory set ${change} where id = $1`, [id])).toBe(code)
  })

  it('refuses a VIN or stock number that another car has', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    for (const column of ['vin', 'stock_number']) {
      expect(
        await codeOf(
          `update inventory set ${column} = (select ${column} from inventory
            where id = $2) ` + 'where id = $1',
          [one.id, other.id],
        ),
      ).toBe('23505')
    }
  })

  it('keeps money to the cent and instants in UTC', async () => {
    const { id } = await saveCar(forecourt.payload, { price: 19.99, cost: 0.1 })
    const { rows } = await database.query(
      'select price::text, cost::text, pg_typeof(listed_at)::text as instant from inventory ' +
        'where id = $1',
      [id],
    )
    expect(rows).toEqual([{ price: '19.99', cost: '0.10', instant: 'timestamp with time zone' }])
  })

  it('tells which table a committed write changed', async () => {
    const heard = new Promise<string | undefined>((resolve) =>
      database.once('notification', ({ payload }) => resolve(payload)),
    )
    await database.query('listen forecourt_changed')
    await saveCar(forecourt.payload)
    expect(await heard).toBe('inventory')
  })
})
