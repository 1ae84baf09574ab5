import {
  APIError,
  type CollectionBeforeOperationHook,
  type CollectionSlug,
  type FlattenedField,
  type SanitizedCollectionConfig,
} from 'payload'
import { quoteValue } from '../domain/input-values.ts'
import { isExternalCall } from '../access/external-call.ts'

type SelectArgs = {
  select?: unknown
  populate?: unknown
  joins?: unknown
}

/**
 * `select` and `populate` name existing columns in one way: with `true` those to include, or with
 * `false` those to leave out. Anything else is a 400; Payload would return other columns than
 * intended. The lists that `joins` names are included, too.
 */
export const validateSelect: CollectionBeforeOperationHook = ({ args, collection, req }) => {
  if (req.payloadAPI !== 'REST' || !isExternalCall(args)) return args
  const { select, populate, joins } = args as SelectArgs
  const problem =
    findSelectProblem('select', select, collection) ??
    findPopulateProblem(populate, req.payload.collections)
  if (problem) throw new APIError(problem, 400, undefined, true)
  if (select === '') return { ...args, select: undefined }
  return isObject(select) && Object.values(select).includes(true) && isObject(joins)
    ? { ...args, select: { ...select, ...selectJoins(joins) } }
    : args
}

/** The joined lists that a request names, as a `select` names columns. */
const selectJoins = (joins: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(joins).flatMap(([name, join]) => (join ? [[name, true]] : [])))

function findPopulateProblem(
  populate: unknown,
  collections: Readonly<Record<string, { config: SanitizedCollectionConfig }>>,
): string | null {
  if (populate === undefined || populate === '') return null
  if (!isObject(populate))
    return (
      `'populate' must be written as populate[collection][column]=true, not ` +
      `${quoteValue(populate)}.`
    )
  for (const [slug, select] of Object.entries(populate)) {
    const target = Object.hasOwn(collections, slug)
      ? collections[slug as CollectionSlug]
      : undefined
    if (!target) return `'populate' names a collection that does not exist: ${quoteValue(slug)}.`
    const problem = findSelectProblem(`populate[${slug}]`, select, target.config)
    if (problem) return problem
  }
  return null
}

function findSelectProblem(
  name: string,
  select: unknown,
  { flattenedFields }: SanitizedCollectionConfig,
): string | null {
  if (select === undefined || select === '') return null
  if (!isObject(select))
    return `'${name}' must be written as ${name}[column]=true, not ${quoteValue(select)}.`
  const choices = new Set<unknown>()
  for (const [column, choice] of Object.entries(select)) {
    const field = flattenedFields.find((one) => one.name === column)
    if (!field && column !== 'id')
      return `'${name}' names a column that does not exist: ${quoteValue(column)}.`
    if (typeof choice !== 'boolean')
      return `${name}[${column}] must be true or false, not ${quoteValue(choice)}.`
    if (!choice && isId(field))
      return `${name}[${column}] cannot be false: every response includes the ID.`
    choices.add(choice)
  }
  return choices.size > 1
    ? `'${name}' takes either the columns to include (true) or the columns to leave out ` +
        '(false), not both.'
    : null
}

const isId = (field: FlattenedField | undefined) => field === undefined || field.name === 'id'
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
