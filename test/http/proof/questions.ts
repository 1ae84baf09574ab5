import type { Scene } from '../../support/proof-everybody.ts'
import type { Row } from '../../support/proof-rows.ts'
import type { Answer } from '../../support/proof-stage.ts'
import { buildHigherValue, buildLowerValue, NEVER } from '../../support/proof-values.ts'
import { getCollection, getGraphqlNames } from '../../support/proof-names.ts'
import { may } from './policy.ts'
import type { Secret } from './secrets.ts'

/**
 * Two questions that only somebody who may read a value could tell apart: what holds of it, and
 * what does not.
 */
export type Pair = { name: string; holds: () => Promise<Answer>; fails: () => Promise<Answer> }

/** Every pair of questions about a secret that a row leads to. */
export function pairsFor(scene: Scene, row: Row, secret: Secret): Pair[] {
  const { other, value } = secret
  const text = typeof value === 'string' ? value : String(value)
  const operators: [string, unknown, unknown][] = [
    ['equals', value, other],
    ['greater_than', buildLowerValue(value), buildHigherValue(value)],
    ['like', text.slice(0, 12), NEVER.text],
    ...(isDeep(secret.path)
      ? []
      : ([
          ['not_equals', other, value],
          ['in', text, other],
          ['not_in', other, text],
          ['less_than_equal', buildHigherValue(value), buildLowerValue(value)],
          ['contains', text.slice(0, 12), NEVER.text],
          ['all', text, NEVER.text],
        ] as [string, unknown, unknown][])),
  ]
  const existence = filters(scene, secret, [['exists', true, false]])
  const guesses =
    value === null
      ? []
      : [...filters(scene, secret, operators), ...graphqlFilters(scene, secret, ['equals'])]
  return [
    ...existence,
    ...graphqlFilters(scene, secret, ['exists']),
    ...orders(scene, secret),
    ...guesses,
    ...changes(scene, row, secret),
    ...joined(scene, secret),
  ]
}

/** Where a filter may stand. */
const STARTS: readonly (readonly [name: string, start: string])[] = [
  ['where', '?depth=1&where'],
  ['count', '/count?where'],
  ['or', '?where[or][0]'],
  ['and within or', '?where[or][0][and][0]'],
]

/** A path beyond a reference. There are many, and they are tried in fewer ways. */
const isDeep = (path: string) => path.includes('.')

/** Filters by a path, each where it holds and where it does not. */
export function filters(
  { caller, slug }: Scene,
  { path }: Secret,
  operators: [string, unknown, unknown][],
): Pair[] {
  const ask = (start: string, operator: string, value: unknown) => () =>
    caller.request(
      'GET',
      `${slug}${start}[${path}][${operator}]=${encodeURIComponent(String(value))}`,
    )
  const starts = isDeep(path) ? STARTS.slice(0, 2) : STARTS
  return operators.flatMap(([operator, right, wrong]) =>
    (operator === 'equals' ? starts : starts.slice(0, 1)).map(([name, start]) => ({
      name: `${name} ${operator}`,
      holds: ask(start, operator, right),
      fails: ask(start, operator, wrong),
    })),
  )
}

/** The same over GraphQL, where a path is said with two underscores. */
export function graphqlFilters(
  { stage, caller, slug }: Scene,
  { other, path, value }: Secret,
  operators: ('equals' | 'exists')[],
): Pair[] {
  const { many } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const field = path.replaceAll('.', '__')
  const ask = (name: string, operator: string, result: unknown) => () =>
    caller.request('POST', 'graphql', {
      query:
        `{ ${name}(where: { ${field}: { ${operator}: ${JSON.stringify(result)} } }) { totalDocs } ` +
        '}',
    })
  return operators.flatMap((operator) => {
    const [right, wrong] = operator === 'equals' ? [value, other] : [true, false]
    return [many, ...(isDeep(path) ? [] : [`count${many}`])].map((name) => ({
      name: `GraphQL ${name} ${operator}`,
      holds: ask(name, operator, right),
      fails: ask(name, operator, wrong),
    }))
  })
}

/**
 * An order tells which of two values is the larger: upwards and downwards have to be refused, or be
 * the same.
 */
function orders({ stage, caller, slug }: Scene, { path }: Secret): Pair[] {
  const { many } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const rest = (sort: string) => () => caller.request('GET', `${slug}?sort=${sort}`)
  const graphql = (sort: string) => () =>
    caller.request('POST', 'graphql', { query: `{ ${many}(sort: "${sort}") { docs { id } } }` })
  const first = [{ name: 'sort', holds: rest(path), fails: rest(`-${path}`) }]
  if (isDeep(path)) return first
  return [
    ...first,
    { name: 'sort beside another', holds: rest(`id,${path}`), fails: rest(`id,-${path}`) },
    { name: 'GraphQL sort', holds: graphql(path), fails: graphql(`-${path}`) },
  ]
}

/** What is asked of the rows that are joined to each row. */
function joined({ stage, caller, slug }: Scene, { other, path, value }: Secret): Pair[] {
  const [name = '', ...rest] = path.split('.')
  const join = getCollection(stage.forecourt.payload, slug).flattenedFields.find(
    (field) => field.name === name,
  )
  if (join?.type !== 'join' || rest.length === 0) return []
  const ask = (query: string) => () =>
    caller.request('GET', `${slug}?depth=1&joins[${name}]${query}`)
  const beyond = rest.join('.')
  const where = (message: unknown) =>
    ask(`[where][${beyond}][equals]=${encodeURIComponent(String(message))}`)
  const equal =
    value === null ? [] : [{ name: 'joined equals', holds: where(value), fails: where(other) }]
  return [
    ...equal,
    { name: 'joined sort', holds: ask(`[sort]=${beyond}`), fails: ask(`[sort]=-${beyond}`) },
  ]
}

/** A change in bulk tells which rows it found. */
function changes({ caller, slug }: Scene, row: Row, { other, path, value }: Secret): Pair[] {
  if (!may(caller.actor, 'update', slug, row) || value === null) return []
  const ask = (reported: unknown) => () =>
    caller.request(
      'PATCH',
      `${slug}?where[${path}][equals]=${encodeURIComponent(String(reported))}`,
      {},
    )
  return [{ name: 'bulk change', holds: ask(value), fails: ask(other) }]
}
