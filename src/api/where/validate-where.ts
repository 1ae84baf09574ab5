import {
  APIError,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type Where,
} from 'payload'
import { quoteValue } from '../../domain/input-values.ts'
import { isExternalCall } from '../../access/external-call.ts'
import { type Filter, resolveFilter } from './filters.ts'
import { QUERY_COST, consumeQueryBudget } from '../query-budget.ts'
import { joinConditions } from './conditions.ts'
import { listEntries, PATTERN_OPERATORS, readCondition, readPanelSearch } from './read-condition.ts'

const MAX_LEVELS = 3
const MAX_CONDITIONS = 50
const MAX_ENTRIES = 100
const MAX_CHARACTERS = 1_000
/** The limits of a pattern: PostgreSQL tries every position for each of its words. */
const PATTERN_LIMITS = { characters: 200, words: 10 }

/**
 * A `where` is small, and filters columns in ways that PostgreSQL supports; anything else is a 400
 * that names the invalid part.
 */
export const validateWhere: CollectionBeforeOperationHook = ({ args, collection, req }) => {
  const { where } = args as { where?: unknown }
  if (!isExternalCall(args) || where === undefined || where === null) return args
  return { ...args, where: readWhere(where, collection, req) }
}

/**
 * The `where` of a query in the form of Payload's database adapter: one operator in each condition,
 * joined by `and` and `or`. Payload drops some of several operators on one column, and an `and`
 * next to an `or`. Throws a 400 if the query exceeds the limits or the budget of its request, or
 * filters by an unknown column or an invalid value.
 */
export function readWhere(
  where: unknown,
  collection: SanitizedCollectionConfig,
  req: PayloadRequest,
): Where {
  const totals = { conditions: 0, cost: 0 }
  const readLeaf = (path: string, operator: string, value: unknown): Where => {
    if (++totals.conditions > MAX_CONDITIONS)
      throwBadRequest(`The 'where' has more than ${MAX_CONDITIONS} conditions.`)
    const filter = resolveFilter(path, collection, req.payload)
    if ('problem' in filter) return refuseColumn(path, filter.problem)
    const problem = findSizeProblem(operator, value)
    if (problem) return refuseColumn(path, problem)
    if (PATTERN_OPERATORS.includes(operator)) totals.cost += computePatternCost(filter, value)
    const isSearch = operator === 'like' && req.payloadAPI === 'local' && !isText(filter)
    const condition = isSearch
      ? readPanelSearch(filter, value)
      : readCondition(filter, operator, value)
    return isProblem(condition) ? refuseColumn(path, condition.problem) : condition
  }
  const read = readLevel(where, 0, { readLeaf, isLenient: req.payloadAPI === 'local' })
  consumeQueryBudget(req, totals.cost)
  return read
}

type ReadLeaf = (path: string, operator: string, value: unknown) => Where

/**
 * How the levels of a `where` are read. The panel sends lists without branches, and branches
 * without conditions.
 */
type WhereOptions = { readLeaf: ReadLeaf; isLenient: boolean }

function readLevel(where: unknown, level: number, options: WhereOptions): Where {
  if (level > MAX_LEVELS)
    throwBadRequest(`The 'where' has more than ${MAX_LEVELS} levels of 'and' and 'or'.`)
  if (!isObject(where))
    return throwBadRequest(`The 'where' must be written as where[column][operator]=value.`)
  const given = Object.entries(where).filter(([, value]) => value !== undefined)
  if (level > 0 && given.length === 0 && !options.isLenient)
    throwBadRequest("The 'where' has an empty branch. Remove it, or give it a condition.")
  const conditions = given.flatMap(([path, value]): Where[] => {
    if (!/^(and|or)$/i.test(path)) return readOperators(path, value, options)
    const word = path.toLowerCase() as 'and' | 'or'
    const branches = readBranches(word, value, level, options)
    return [joinConditions(word, branches) ?? []].flat()
  })
  return joinConditions('and', conditions) ?? {}
}

function readBranches(
  word: 'and' | 'or',
  value: unknown,
  level: number,
  options: WhereOptions,
): Where[] {
  if (!Array.isArray(value))
    return throwBadRequest(`'${word}' takes a list: where[${word}][0][column][operator]=value.`)
  if (value.length > MAX_CONDITIONS)
    throwBadRequest(`'${word}' has ${value.length} branches; the limit is ${MAX_CONDITIONS}.`)
  if (value.length === 0 && !options.isLenient)
    throwBadRequest(`'${word}' has no branches. Write where[${word}][0][column][operator]=value.`)
  return value
    .map((branch) => readLevel(branch, level + 1, options))
    .filter((one) => Object.keys(one).length > 0)
}

function readOperators(
  path: string,
  operators: unknown,
  { readLeaf, isLenient }: WhereOptions,
): Where[] {
  if (!isObject(operators))
    return refuseColumn(path, 'must be written as where[column][operator]=value')
  const given = Object.entries(operators).filter(([, value]) => value !== undefined)
  if (given.length === 0 && !isLenient)
    refuseColumn(path, 'must be written as where[column][operator]=value')
  return given.map(([operator, value]) => readLeaf(path, operator, value))
}

const isText = ({ kind, isReference }: Filter) =>
  !isReference && ['line', 'lines', 'choice'].includes(kind)
const isProblem = (read: Where | { problem: string }): read is { problem: string } =>
  typeof read['problem'] === 'string'

/** The cost of a pattern: each of its words is compared with the column. */
function computePatternCost(filter: Filter, value: unknown): number {
  if (!isText(filter) && filter.kind !== 'list') return 0
  return (
    String(value).split(' ').length *
    (filter.isLong ? QUERY_COST.longPattern : QUERY_COST.shortPattern)
  )
}

function findSizeProblem(operator: string, value: unknown): string | null {
  if (PATTERN_OPERATORS.includes(operator)) return findPatternProblem(value)
  const isList = operator === 'in' || operator === 'not_in' || Array.isArray(value)
  if (!isList && typeof value === 'string' && value.length > MAX_CHARACTERS)
    return describeLength(value)
  const entries = isList ? listEntries(value) : [value]
  if (entries.length > MAX_ENTRIES)
    return `has a list of ${entries.length} values; the limit is ${MAX_ENTRIES}`
  const long = entries.find((entry) => typeof entry === 'string' && entry.length > MAX_CHARACTERS)
  if (typeof long === 'string') return describeLength(long)
  return entries.some(isNested) ? 'takes single values' : null
}

function findPatternProblem(value: unknown): string | null {
  if (typeof value !== 'string') return `takes text to search for, not ${quoteValue(value)}`
  const { characters, words } = PATTERN_LIMITS
  if (value.length > characters)
    return `has a search string of ${value.length} characters; the limit is ${characters}`
  return value.split(' ').length > words ? `has more than ${words} words to search for` : null
}

const describeLength = (value: string) =>
  `has a value of ${value.length} characters; the limit is ${MAX_CHARACTERS}`
const isNested = (value: unknown) =>
  typeof value === 'object' && value !== null && !(value instanceof Date)
const isObject = (value: unknown): value is Record<string, unknown> =>
  isNested(value) && !Array.isArray(value)

const refuseColumn = (path: string, problem: string): never =>
  throwBadRequest(`${path.slice(0, 100)} — ${problem}.`)

function throwBadRequest(message: string): never {
  throw new APIError(message, 400, undefined, true)
}
