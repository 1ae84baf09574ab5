import { APIError, type CollectionBeforeOperationHook, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'
import { isFromOutside } from './from-outside.ts'
import { entriesOf, type Filter, filterAt, filterProblem, short } from './filters.ts'
import { QUERY_COST, spendQueryBudget } from './query-budget.ts'

const MOST_LEVELS = 3
const MOST_LEAVES = 50
const MOST_ENTRIES = 100
const MOST_CHARACTERS = 1_000
/** Of a pattern: PostgreSQL tries every place for each of its words and wildcards. */
const PATTERN = { characters: 200, words: 10, wildcards: 5 }

/** A `where` is small, and asks of columns only what PostgreSQL can answer; anything else is a 400 that says which part is wrong. */
export const takeWhere: CollectionBeforeOperationHook = ({ args, collection, req }) => {
  const { where } = args as { where?: unknown }
  if (isFromOutside(args) && where !== undefined && where !== null) checkWhere(where, collection, req)
  return args
}

/** Throws a 400 when a `where` exceeds the limits, filters by something that is not a column, or exceeds the budget of its request. */
export function checkWhere(where: unknown, collection: SanitizedCollectionConfig, req: PayloadRequest): void {
  const leaves = leavesOf(where, 0)
  let cost = 0
  if (leaves.length > MOST_LEAVES) refuse(`The 'where' has ${leaves.length} conditions; ${MOST_LEAVES} at most are answered.`)
  for (const { path, operator, value } of leaves) {
    const filter = filterAt(path, collection, req.payload)
    const problem =
      'problem' in filter ? filter.problem : (sizeProblem(operator, value) ?? filterProblem(filter, operator, value))
    if (problem) refuse(`${path.slice(0, 100)} — ${problem}.`)
    if (!('problem' in filter) && PATTERNS.includes(operator)) cost += patternCost(filter, value)
  }
  spendQueryBudget(req, cost)
}

const PATTERNS = ['like', 'not_like', 'contains']

/** What a pattern costs: each of its words is compared with the column. Of ids and numbers `like` is `equals`. */
function patternCost({ kind, isLong }: Filter, value: unknown): number {
  if (kind !== 'text' && kind !== 'list') return 0
  return String(value).split(' ').length * (isLong ? QUERY_COST.longPattern : QUERY_COST.shortPattern)
}

type Leaf = { path: string; operator: string; value: unknown }

function leavesOf(where: unknown, level: number): Leaf[] {
  if (level > MOST_LEVELS) refuse(`The 'where' has more than ${MOST_LEVELS} levels of 'and' and 'or'.`)
  if (!isObject(where)) return refuse(`The 'where' can not be understood: say where[column][operator]=value.`)
  return Object.entries(where).flatMap(([path, said]) => {
    if (said === undefined) return []
    if (!/^(and|or)$/i.test(path)) return conditionsOf(path, said)
    if (!Array.isArray(said)) return refuse(`'${path}' takes a list: where[${path}][0][column][operator]=value.`)
    if (said.length > MOST_LEAVES) refuse(`'${path}' has ${said.length} branches; ${MOST_LEAVES} at most are answered.`)
    return said.flatMap((branch) => leavesOf(branch, level + 1))
  })
}

function conditionsOf(path: string, said: unknown): Leaf[] {
  if (isObject(said)) return Object.entries(said).map(([operator, value]) => ({ path, operator, value }))
  return refuse(`${path.slice(0, 100)} — can not be understood: say where[column][operator]=value.`)
}

function sizeProblem(operator: string, value: unknown): string | null {
  if (PATTERNS.includes(operator)) return patternProblem(value)
  const isList = operator === 'in' || operator === 'not_in'
  if (!isList && typeof value === 'string' && value.length > MOST_CHARACTERS) return tooLong(value)
  const entries = isList || Array.isArray(value) ? entriesOf(value) : [value]
  if (entries.length > MOST_ENTRIES) return `has a list of ${entries.length} values; ${MOST_ENTRIES} at most are answered`
  const wrong = entries.find((entry) => isNested(entry) || (typeof entry === 'string' && textProblem(entry) !== null))
  return wrong === undefined ? null : (typeof wrong === 'string' && textProblem(wrong)) || 'takes plain values'
}

function patternProblem(value: unknown): string | null {
  if (typeof value !== 'string') return `takes a text to look for, not ${short(value)}`
  const { characters, words, wildcards } = PATTERN
  if (value.length > characters) return `has ${value.length} characters to look for; ${characters} at most are`
  if (value.split(' ').length > words) return `has more than ${words} words to look for`
  if (value.split('%').length - 1 > wildcards) return `has more than ${wildcards} of the wildcard %`
  return textProblem(value)
}

function textProblem(value: string): string | null {
  if (value.includes('\0')) return 'holds the character NUL, which no text may hold'
  return value.length > MOST_CHARACTERS ? tooLong(value) : null
}

const tooLong = (value: string) => `has a value of ${value.length} characters; ${MOST_CHARACTERS} at most are compared`
const isNested = (value: unknown) => typeof value === 'object' && value !== null && !(value instanceof Date)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

function refuse(message: string): never {
  throw new APIError(message, 400, undefined, true)
}
