import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { isTried } from '../support/sampling.ts'

let forecourt: TestForecourt
let places: { path: string; api: Api; column: string }[]
beforeAll(async () => {
  forecourt = await openForecourt()
  await createTrap()
  const owner = await forecourt.asOwner()
  const [admin, manager] = await Promise.all([forecourt.as('admin'), forecourt.as('manager')])
  await saveCar(forecourt.payload)
  await saveVehicle(forecourt.payload, owner.subject)
  await admin.post('/api/stations').send({ name: 'A station' }).expect(201)
  places = [
    { path: '/api/inventory', api: forecourt.anonymous, column: 'make' },
    { path: '/api/vehicles', api: owner.api, column: 'title' },
    { path: '/api/competitors', api: manager, column: 'name' },
    { path: '/api/activity-logs', api: admin, column: 'action' },
    { path: '/api/engines', api: admin, column: 'name' },
  ]
})
afterAll(() => forecourt.close())

/**
 * What the strings call where they break out. It counts with a sequence, which keeps its count when
 * the transaction around it is rolled back.
 */
const TRAP = 'injected()'

async function createTrap(): Promise<void> {
  await forecourt.ownerSql('create sequence injections')
  await forecourt.ownerSql(
    `create function ${TRAP} returns bigint language sql security definer
      set search_path = public as $$ select nextval('injections') $$`,
  )
}

/** How often a string was run as SQL. */
async function countRuns(): Promise<number> {
  const { rows } = await forecourt.ownerSql(
    'select case when is_called then last_value else 0 end::int as runs from injections',
  )
  return Number(rows[0]?.['runs'])
}
const ENDS = ['', '--', ';--', '/*', '#', ' and 1=1', '\\', '\u0000', ')', '")']
const STARTS = ["'", '"', "')", '")', '$$', '%27', "\\'", 'ʼ', "');", '`', '{{', '${']
const CORES = [
  `;select ${TRAP}`,
  ` or (select ${TRAP}) is null`,
  `||(select ${TRAP})||`,
  ' or 1=1',
  ' union select password from users',
  ';drop table inventory',
  ' asc,(select 1/0)',
  "#>>'{a}'",
  '->>0',
  '::jsonb @? $$ $ $$',
]

/**
 * 200 strings that break out of a quote, an identifier or a JSON path, and call the trap where they
 * can; a run tries one in seven, so that each start, core and end is tried.
 */
const STRINGS = Array.from({ length: 200 }, (_, i) => {
  const [start = '', core = '', end = ''] = [
    STARTS[i % STARTS.length],
    CORES[i % CORES.length],
    ENDS[Math.floor(i / 7) % ENDS.length],
  ]
  return start + core + end
}).filter((_, i) => isTried(i, 7))

/** Every place of a question that a string can be put; what refuses nothing stands together. */
const questions = (result: string, column: string): [string, string][][] => [
  [[`where[${result}][equals]`, '1']],
  [[`where[${column}.${result}][equals]`, '1']],
  [[`where[${column}][${result}]`, '1']],
  [
    [`where[or][0][${column}][equals]`, result],
    [`where[or][1][${column}][in]`, result],
    [`where[or][2][${column}][like]`, result],
  ],
  [['where[id][equals]', result]],
  [['where', result]],
  [['sort', result]],
  [['sort', `-${column},${result}`]],
  [
    ...[`select[${result}]`, `joins[${result}][limit]`, `populate[${result}][a]`].map(
      (place) => [place, 'true'] as [string, string],
    ),
    ...['locale', 'fallback-locale', 'limit', 'page', 'depth', 'draft', 'trash'].map(
      (place) => [place, result] as [string, string],
    ),
  ],
]

/** What an answer says only when it tells of the inside. */
const TELLS_TOO_MUCH =
  /syntax error|failed query|does not exist|drizzle|node_modules|\bat (file:)?\/|ERROR:|information_schema/i

describe('a string that would be SQL', () => {
  it('would be noticed if it were run, also where what ran it is rolled back', async () => {
    await expect(
      forecourt.sql(`do $$ begin perform ${TRAP}; raise exception 'undone'; end $$`),
    ).rejects.toThrow('undone')
    expect(await countRuns()).toBe(1)
    await forecourt.ownerSql("select setval('injections', 1, false)")
  })

  it('is a name or a value and nothing more, in every part of a question', async () => {
    const failures: string[] = []
    const ask = async (message: string, i: number) => {
      const { path, api, column } = places[i % places.length] ?? {
        path: '',
        api: forecourt.anonymous,
        column: '',
      }
      for (const question of questions(message, column)) {
        const { status, text } = await api.get(
          `${path}?${new URLSearchParams(question).toString()}`,
        )
        if (status >= 500 || TELLS_TOO_MUCH.test(text))
          failures.push(`${status} ${path} ${JSON.stringify(question)}: ${text.slice(0, 200)}`)
      }
    }
    for (let i = 0; i < STRINGS.length; i += 8)
      await Promise.all(STRINGS.slice(i, i + 8).map((reported, j) => ask(reported, i + j)))
    expect(failures).toEqual([])
  }, 600_000)

  it('is not found in a path either', async () => {
    for (const output of STRINGS) {
      const { status } = await forecourt.anonymous.get(
        `/api/inventory/${encodeURIComponent(output)}`,
      )
      expect([400, 404]).toContain(status)
    }
  })

  it('is a value in GraphQL', async () => {
    const query =
      'query ($said: String, $sort: String) { Inventories(sort: $sort, where: { make: { like: ' +
      '$said } }) { totalDocs } }'
    for (const hostile of STRINGS) {
      for (const variables of [{ said: hostile }, { sort: hostile }]) {
        const { errors } = await queryGraphql(forecourt.anonymous, query, variables)
        expect(errors?.[0]?.extensions?.statusCode ?? 200).toBeLessThan(500)
      }
    }
  })

  it('is never run, and leaves every table where it was', async () => {
    expect(await countRuns()).toBe(0)
    expect((await forecourt.sql('select count(*)::int as cars from inventory')).rows).toEqual([
      { cars: 1 },
    ])
  })
})
