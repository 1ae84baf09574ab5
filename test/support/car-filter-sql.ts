import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { CAR_NAMES_TEXT, CAR_NUMBERS_TEXT } from '../../src/public-site/store/car-search-text.ts'
import type { Transaction } from '../../src/database/transaction.ts'
import {
  type CarFilters,
  CHOICE_NAMES,
  CHOICES,
  type ChoiceName,
  RANGE_NAMES,
  RANGES,
  type RangeName,
  type SearchSort,
} from '../../src/public-site/domain/filters.ts'
import { listWordNeedles } from '../../src/public-site/domain/search-words.ts'

const ON_SHOW = sql`status = 'available'`
const SEARCH_TEXT = sql.raw(
  `(' ' || regexp_replace(lower(${CAR_NAMES_TEXT} || ' ' || ${CAR_NUMBERS_TEXT}),
    '[^[:alnum:].-]+', ' ', 'g') || ' ')`,
)

const matchWord = (word: string): SQL =>
  sql`(${sql.join(
    listWordNeedles(word).map((needle) => sql`${SEARCH_TEXT} like ${`%${needle}%`}`),
    sql` or `,
  )})`

function scoreWords(words: readonly string[]): SQL {
  const scores = words.map((word) => sql`(${SEARCH_TEXT} like ${`% ${word} %`})::int`)
  return scores.length === 0 ? sql`0` : sql.join(scores, sql` + `)
}

function buildCarCondition(filters: CarFilters): SQL {
  const { words, features } = filters
  const choices = CHOICE_NAMES.flatMap((name) => matchChoice(name, filters.choices[name]) ?? [])
  const ranges = RANGE_NAMES.flatMap((name) => matchRange(name, filters) ?? [])
  const conditions = [...choices, ...ranges, ...features.map(matchFeature), ...matchWords(words)]
  return sql.join([ON_SHOW, ...conditions], sql` and `)
}

function matchWords(words: CarFilters['words']): SQL[] {
  if (words === null) return []
  return words.length === 0 ? [sql`false`] : words.map(matchWord)
}

/** The features of a car, one row each; none for a column that is not a list. */
const FEATURES = sql`jsonb_array_elements_text(
  case when jsonb_typeof(features) = 'array' then features else '[]'::jsonb end)`

function matchChoice(name: ChoiceName, values: readonly string[]): SQL | null {
  if (values.length === 0) return null
  const lower = sql.join(
    values.map((value) => sql`lower(${value})`),
    sql`, `,
  )
  return sql`lower(${sql.identifier(CHOICES[name])}) in (${lower})`
}

function matchRange(name: RangeName, { ranges }: CarFilters): SQL | null {
  const { from, to } = ranges[name]
  const column = sql.identifier(RANGES[name])
  const bounds = [
    ...(from === undefined ? [] : [sql`${column} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${column} <= ${to}`]),
  ]
  return bounds.length === 0 ? null : sql`(${sql.join(bounds, sql` and `)})`
}

const matchFeature = (feature: string): SQL =>
  sql`exists (select from ${FEATURES} as feature where lower(feature) = lower(${feature}))`

const ORDERS: Readonly<Record<SearchSort, SQL>> = {
  relevance: sql`score desc, `,
  newest: sql``,
  price: sql`price, `,
  '-price': sql`price desc, `,
  miles: sql`mileage, `,
  '-miles': sql`mileage desc, `,
  year: sql`year, `,
  '-year': sql`year desc, `,
}

/**
 * The ids of the cars on show that match filters, in the order of a sort, as PostgreSQL finds them:
 * what a search in memory is compared with.
 */
export async function findCarsBySql(
  db: Pick<Transaction['db'], 'execute'>,
  filters: CarFilters,
  sort: SearchSort,
): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select id, ${scoreWords(filters.words ?? [])} as score from inventory
    where ${buildCarCondition(filters)}
    order by ${ORDERS[sort]} listed_at desc nulls last, id`)
  return rows.map(({ id }) => String(id))
}
