import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ColumnKind } from '../../../src/api/where/filters.ts'
import { OPERATORS } from '../../../src/api/where/read-condition.ts'
import { type Column, QueryStage, type Value } from '../../support/query-stage.ts'
import { isExhaustive, SEED } from '../../support/sampling.ts'

type Case = { column: Column; operator: string; value: Value }

/** How many cases of each column a run tries at least; an exhaustive run tries all. */
const PER_COLUMN = 1
/**
 * Columns that nobody may filter by: secrets, what mails told, which owner sent a submission, and
 * what Payload keeps for its accounts.
 */
const HIDDEN = [
  'outgoing-mails.html',
  'outgoing-mails.text',
  'pending-submissions.ownerId',
  'pending-submissions.vehicle',
  'sessions.sess',
  'user-profiles.notificationEmailNonce',
  'users.hash',
  'users.lockUntil',
  'users.loginAttempts',
  'users.resetPasswordExpiration',
  'users.resetPasswordRequestedAt',
  'users.resetPasswordToken',
  'users.salt',
]
const KINDS = Object.keys(OPERATORS) as ColumnKind[]

let stage: QueryStage
const totals = { cases: 0, refused: 0, overGraphql: 0, columns: new Set<string>() }

beforeAll(async () => {
  stage = await QueryStage.open()
}, 300_000)
afterAll(() => stage.close())

describe('a filter', () => {
  it.each(KINDS)(
    'answers the same over REST, GraphQL and SQL, or is a 400: %s',
    async (kind) => {
      const cases = isExhaustive() ? listCases(kind) : chooseCases(kind)
      const wrong: object[] = []
      for (const one of cases) wrong.push(...(await findDifferences(one)))
      expect(wrong).toEqual([])
      expect([...new Set(cases.map(({ operator }) => operator))].sort()).toEqual(
        [...OPERATORS[kind]].sort(),
      )
    },
    1_800_000,
  )

  it('was tried on every column that an admin may filter by', () => {
    const { cases, refused, overGraphql } = totals
    process.stdout.write(
      `queries: ${cases} cases, ${refused} refused, ${overGraphql} over GraphQL too, seed ` +
        `${SEED}\n`,
    )
    expect(stage.hidden.sort()).toEqual(HIDDEN)
    expect(totals.columns.size).toBe(stage.columns.length)
    expect(stage.columns.length).toBeGreaterThan(350)
    expect(overGraphql).toBeGreaterThan(cases / 4)
  })
})

/** Every column of a kind with every operator and value. */
function listCases(kind: ColumnKind): Case[] {
  return columnsOf(kind).flatMap((column) =>
    operatorsFor(column).flatMap((operator) =>
      stage.valuesFor(column, operator).map((value) => ({ column, operator, value })),
    ),
  )
}

/**
 * A few cases of each column. The pairs of operator and value are dealt out one after the other, so
 * that each pair is tried on some column, each column several times, and another run tries other
 * ones.
 */
function chooseCases(kind: ColumnKind): Case[] {
  const columns = columnsOf(kind)
  const pairs = OPERATORS[kind].map((operator) =>
    Math.max(0, ...columns.map((column) => stage.valuesFor(column, operator).length)),
  )
  const dealt = OPERATORS[kind].flatMap((operator, at) =>
    Array.from({ length: pairs[at] ?? 0 }, (_, place) => ({ operator, place })),
  )
  const count = Math.max(dealt.length, columns.length * PER_COLUMN)
  const cases = Array.from({ length: count }, (_, at): Case[] => {
    const { operator, place } = dealt[(at * STEP + SEED) % dealt.length] ?? {
      operator: '',
      place: 0,
    }
    const column =
      columns
        .slice((at + SEED) % columns.length)
        .find((one) => operatorsFor(one).includes(operator)) ?? columns[0]
    const values =
      column && operatorsFor(column).includes(operator) ? stage.valuesFor(column, operator) : []
    const value = values[place % values.length]
    return column && value ? [{ column, operator, value }] : []
  }).flat()
  const missed = columns.filter((column) => !cases.some((one) => one.column === column))
  return [
    ...cases,
    ...missed.map((column): Case => ({
      column,
      operator: 'exists',
      value: { values: ['true'], isMalformed: false },
    })),
  ]
}

/** A prime, so that neighbors get operators that are far apart. */
const STEP = 31

const columnsOf = (kind: ColumnKind) =>
  stage.columns.filter((column) => column.kind === kind && column.seen.length > 0)
const operatorsFor = ({ kind, refers }: Column): readonly string[] =>
  refers ? OPERATORS.uuid : OPERATORS[kind]

/** Where REST or GraphQL answers otherwise than SQL does. */
async function findDifferences({ column, operator, value }: Case): Promise<object[]> {
  const expected = value.isMalformed ? 400 : await stage.querySql(column, operator, value)
  const rest = await stage.queryRest(column, operator, value)
  const graphql = await stage.queryGraphql(column, operator, value)
  totals.cases++
  totals.columns.add(`${column.slug}.${column.name}`)
  if (value.isMalformed) totals.refused++
  if (graphql) totals.overGraphql++
  const about = {
    column: `${column.slug}.${column.name}`,
    operator,
    values: value.values,
    expected,
  }
  const answers = Object.entries({ rest, graphql })
  return answers.flatMap(([api, given]) =>
    given && JSON.stringify(given.answer) !== JSON.stringify(expected)
      ? [{ ...about, api, ...given }]
      : [],
  )
}
