import { z } from 'zod'
import type { FeedCar } from './feed-car.ts'
import type { Feed, FeedColumn } from './feed.ts'

/** The fields of a car that a condition can name, as our forms call them. */
export const CONDITION_FIELDS = {
  year: 'Year',
  make: 'Make',
  model: 'Model',
  trim: 'Trim',
  bodyStyle: 'Body Style',
  fuelType: 'Fuel Type',
  drivetrain: 'Drivetrain',
  condition: 'Condition',
  titleStatus: 'Title Status',
  exteriorColor: 'Exterior Color',
  stockNumber: 'Stock Number',
  featured: 'Featured',
  status: 'Status',
} as const satisfies Partial<Record<keyof FeedCar, string>>

const FIELDS = Object.keys(CONDITION_FIELDS) as [keyof typeof CONDITION_FIELDS]
const MAX_TEXT = 500
const MAX_RULES = 50
const text = z.string().trim().max(MAX_TEXT)

const RULE = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rename'),
    column: text.min(1),
    to: text.min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('constant'),
    column: text.min(1),
    value: text,
  }),
  z.strictObject({
    kind: z.enum(['leaveOutIf', 'onlyIf']),
    field: z.enum(FIELDS, { error: () => `must be one of ${FIELDS.join(', ')}` }),
    value: text,
  }),
])

/** The rules of a feed that staff entered, in their order. */
export const MAPPING = z.array(RULE).max(MAX_RULES)

/** Rename a column, fill it with a constant, or leave cars out by a field. */
export type MappingRule = z.output<typeof RULE>
type Condition = Extract<MappingRule, { field: string }>

const XML_NAME = /^[A-Za-z_][\w.-]*$/

/** Why a value is not a mapping of a feed; null if it is, or if there is none. */
export function findMappingProblem(value: unknown, feed: Feed): string | null {
  if (value === null || value === undefined) return null
  const parsed = MAPPING.safeParse(value)
  if (!parsed.success) return describeIssue(parsed.error)
  const problems = parsed.data.map((rule, index) => {
    const problem = 'column' in rule ? findColumnProblem(rule, feed) : null
    return problem && `rule ${index + 1} ${problem}`
  })
  return problems.find((problem) => problem !== null) ?? findDuplicate(parsed.data, feed)
}

function describeIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  const [index, ...path] = issue?.path ?? []
  if (typeof index !== 'number') return `must be a list of at most ${MAX_RULES} rules`
  return `rule ${index + 1}, ${path.join('.') || 'as a whole'}: ${issue?.message ?? 'is invalid'}`
}

function findColumnProblem(
  rule: Extract<MappingRule, { column: string }>,
  { columns, format }: Feed,
): string | null {
  const names = columns.map(({ name }) => name)
  if (!names.includes(rule.column))
    return `names the column ${rule.column}, which is not one of ${names.join(', ')}`
  if (rule.kind === 'constant') return null
  if (format.kind === 'csv' && !format.header)
    return `renames ${rule.column}, but this feed has no line of names`
  if (format.kind === 'xml' && !XML_NAME.test(rule.to))
    return `renames ${rule.column} to ${rule.to}, which is not the name of an XML element`
  return null
}

function findDuplicate(rules: readonly MappingRule[], feed: Feed): string | null {
  const names = mapColumns(feed.columns, rules).map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? null : `has two columns named ${twice}; rename only one`
}

/** The columns of a feed after its rules: renamed, and with constants. */
export function mapColumns(
  columns: readonly FeedColumn[],
  rules: readonly MappingRule[],
): FeedColumn[] {
  return columns.map((column) => rules.reduce(applyRule(column.name), column))
}

const applyRule =
  (name: string) =>
  (column: FeedColumn, rule: MappingRule): FeedColumn => {
    if (!('column' in rule) || rule.column !== name) return column
    return rule.kind === 'rename'
      ? { ...column, name: rule.to }
      : { ...column, read: () => rule.value }
  }

/** The first condition that leaves a car out; null if none does. */
export function findFailedCondition(car: FeedCar, rules: readonly MappingRule[]): Condition | null {
  const conditions = rules.filter((rule): rule is Condition => 'field' in rule)
  return (
    conditions.find(
      (rule) => isEqual(car[rule.field], rule.value) === (rule.kind === 'leaveOutIf'),
    ) ?? null
  )
}

/** Describes why a condition leaves a car out: `Make is Honda`, or `Make is not Honda`. */
export const describeCondition = ({ kind, field, value }: Condition): string =>
  `${CONDITION_FIELDS[field]} is ${kind === 'onlyIf' ? 'not ' : ''}${value || 'empty'}`

const isEqual = (actual: string | number | boolean | null, value: string): boolean =>
  String(actual ?? '')
    .trim()
    .toLowerCase() === value.toLowerCase()
