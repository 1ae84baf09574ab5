import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import { ALERT_PROBLEMS, type OpenDecision, type Problem, PROBLEMS } from '../domain/decision.ts'
import type { Bands } from '../domain/verdict.ts'
import { loadRows, type QueryContext } from './query.ts'

/** Which decisions to load. The times are instants in ISO 8601. */
export type DecisionQuery = {
  now: string
  /** An analysis before this time is outdated. */
  staleBefore: string
  bands: Bands
  limit: number
  /** Only decisions about this problem; null for all of them. */
  problem: Problem | null
}

/** The decisions to make, most urgent first, and the number of cars by problem. */
export type Decisions = { counts: Record<Problem, number>; decisions: OpenDecision[] }

const DECISION: z.ZodType<OpenDecision> = z.object({
  id: z.string(),
  title: z.string(),
  cents: z.number(),
  miles: z.number(),
  stockNumber: z.string().nullable(),
  daysOnLot: z.number().nullable(),
  costCents: z.number().nullable(),
  problem: z.enum(PROBLEMS),
  alerts: z.array(z.string()),
  expectedCents: z.number().nullable(),
  firstQuartileCents: z.number().nullable(),
  thirdQuartileCents: z.number().nullable(),
  confidence: z.enum(['none', 'low', 'medium', 'high']).catch('none'),
  sampleSize: z.number().nullable(),
  cheaper: z.number(),
  analysedAt: z.string().nullable(),
})

const DECISIONS_ROW = z.object({
  counts: z.record(z.enum(PROBLEMS), z.number()),
  decisions: z.array(DECISION).nullable(),
})

/**
 * Returns the available cars that need a decision. One car has one problem, the most urgent one:
 * a price far from the market, then what an open alert says, then a price slightly off, then
 * missing or outdated data. Within a problem, the largest difference comes first. Alerts count
 * unless they are snoozed or our price has changed since.
 */
export async function loadDecisions(
  context: QueryContext,
  query: DecisionQuery,
): Promise<Decisions> {
  const chosen = query.problem === null ? sql`true` : sql`problem = ${query.problem}`
  const statement = sql`
    with cars as materialized (${buildCars(query)}),
    decisions as materialized (
      select *, ${buildUrgency()} as urgency, coalesce(
        case when problem in ('undercut', 'moved', 'stale') then alert_percent else off end,
        0) as size
      from (select *, ${buildProblem(query)} as problem from cars) judged
      where problem is not null)
    select
      (select json_object_agg(name, (select count(*) from decisions where problem = name))
        from jsonb_array_elements_text(${toJsonText(PROBLEMS)}::jsonb) name) as counts,
      (select json_agg(${buildDecisionJson()} order by urgency, size desc, listed_at, id) from (
        select * from decisions where ${chosen}
        order by urgency, size desc, listed_at, id limit ${query.limit}) listed) as decisions`
  const [row] = await loadRows(context, DECISIONS_ROW, statement)
  if (!row) throw new Error('The query of market decisions returned no rows.')
  return { ...row, decisions: row.decisions ?? [] }
}

/** The available cars with their market prices in percent and dollars, and their open alerts. */
function buildCars({ now }: DecisionQuery): SQL {
  return sql`
    select car.id, coalesce(car.title, car.vin) as title, car.price, car.cost, car.mileage,
      car.stock_number, car.listed_at, result.sample_size, result.last_analyzed_at,
      result.search_parameters ->> 'confidence' as confidence, market.*,
      abs(car.price - market.expected) * 100 / market.expected as off,
      coalesce(alerts.messages, '[]') as messages, coalesce(alerts.problems, '{}') as problems,
      coalesce(alerts.is_critical, false) as is_critical, alerts.percent as alert_percent,
      floor(extract(epoch from ${now}::timestamptz - car.listed_at) / 86400) as days_on_lot
    from inventory car
    left join market_research_results result on result.inventory_id = car.id
    left join lateral (
      select ${buildStoredAmount('expectedPrice')} as expected,
        ${buildStoredAmount('firstQuartile')} as first_quartile,
        ${buildStoredAmount('thirdQuartile')} as third_quartile
      where result.price_recommendation <> 'insufficient_data') market on true
    left join lateral (${buildAlerts(now)}) alerts on true
    where car.status = 'available'`
}

/** A positive amount of the stored search; null if there is none. */
const buildStoredAmount = (name: string): SQL => sql`
  case when jsonb_typeof(result.search_parameters -> ${name}::text) = 'number'
    then nullif(greatest((result.search_parameters ->> ${name}::text)::numeric, 0), 0) end`

/** The open alerts of a car as one row. */
const buildAlerts = (now: string): SQL => sql`
  select json_agg(message order by is_critical desc, raised_at desc, id) as messages,
    array_agg(problem) as problems, bool_or(is_critical) as is_critical,
    max(percent) as percent
  from (
    select alert.id, alert.message, alert.raised_at, alert.severity = 'critical' as is_critical,
      abs(alert.percent) as percent, kinds.value as problem
    from market_alerts alert
    join jsonb_each_text(${toJsonText(ALERT_PROBLEMS)}::jsonb) kinds
      on kinds.key = alert.alert_type
    where alert.inventory_id = car.id and alert.dismissed is not true
      and (alert.snoozed_until_at is null or alert.snoozed_until_at <= ${now})
      and coalesce(alert.our_price, car.price) = car.price) opened`

/** The most urgent problem of a car; null if there is none. */
const buildProblem = ({ bands, staleBefore }: DecisionQuery): SQL => sql`
  case
    when off > ${bands.farPercent}::numeric
      then case when price > expected then 'high' else 'low' end
    when 'undercut' = any(problems) then 'undercut'
    when 'moved' = any(problems) then 'moved'
    when off > ${bands.inLinePercent}::numeric
      then case when price > expected then 'slightly_high' else 'slightly_low' end
    when 'stale' = any(problems) then 'stale'
    when expected is null then 'no_data'
    when last_analyzed_at < ${staleBefore} then 'outdated'
  end`

const buildUrgency = (): SQL => sql`
  case
    when problem in ('high', 'low') then 1
    when problem in ('undercut', 'moved') then case when is_critical then 1 else 2 end
    when problem in ('slightly_high', 'slightly_low') then 3
    when problem = 'stale' then 4
    when problem = 'no_data' then 5
    else 6
  end`

const buildDecisionJson = (): SQL => sql`json_build_object(
  'id', id, 'title', title, 'cents', (price * 100)::float8, 'miles', mileage,
  'stockNumber', stock_number, 'daysOnLot', days_on_lot::float8,
  'costCents', (cost * 100)::float8, 'problem', problem, 'alerts', messages,
  'expectedCents', round(expected * 100)::float8,
  'firstQuartileCents', round(first_quartile * 100)::float8,
  'thirdQuartileCents', round(third_quartile * 100)::float8,
  'confidence', case when expected is null then 'none' else confidence end,
  'sampleSize', sample_size,
  'cheaper', (
    select count(*) from market_research_results result, jsonb_path_query(
      result.comparable_vehicles,
      '$[*] ? (@.price < $price && !exists(@.outlier ? (@ == true)))',
      jsonb_build_object('price', listed.price), true)
    where result.inventory_id = listed.id),
  'analysedAt', to_char(last_analyzed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
