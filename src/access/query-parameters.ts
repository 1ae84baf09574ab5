import { APIError, type CollectionBeforeOperationHook, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'
import { quote } from '../domain/written-values.ts'
import { isFromOutside } from './from-outside.ts'
import { couldBeId } from './row-ids.ts'

const OF_ROWS = ['depth', 'select', 'populate', 'joins', 'trash'] as const
const OF_LISTS = [...OF_ROWS, 'where', 'limit', 'page', 'sort', 'pagination'] as const

/** What each kind of request to a collection takes. */
const PARAMETERS = {
  list: OF_LISTS,
  count: ['where', 'trash'],
  row: OF_ROWS,
  write: ['depth', 'select', 'populate', 'trash'],
  bulk: ['depth', 'select', 'populate', 'where', 'limit', 'sort', 'trash'],
} as const satisfies Record<string, readonly string[]>

/** Parameters that the panel and Payload's SDK send with any request, for features that are not used here. */
const OF_PAYLOAD: readonly string[] = [
  'autosave',
  'draft',
  'fallback-locale',
  'fallbackLocale',
  'flattenLocales',
  'locale',
  'overrideLock',
  'publishAllLocales',
  'publishSpecificLocale',
  'unpublishAllLocales',
  'uploadEdits',
]

const NUMBERS: readonly string[] = ['depth', 'limit', 'page']
const CHOICES: readonly string[] = ['pagination', 'trash']
/** A number, or nothing, as an empty field of a form sends it. */
const WHOLE = /^\d*$/
const JOIN = /^joins\[[^\]]+\](?:\[(?:(limit|page)\]|(count)\]|sort\](?:\[\d*\])?|where\](?:\[.*)?)|())$/
const SORT = /^sort(?:\[\d*\])?$/

/**
 * A parameter that a request to a collection does not take is a 400 that names it and those it takes, and so is a value that Payload would
 * pass over: `limit=many` is not the default limit. Only of Payload's own endpoints; an endpoint of ours checks its own.
 */
export const checkParameters: CollectionBeforeOperationHook = ({ args, collection, req }) => {
  if (req.payloadAPI !== 'REST' || !isFromOutside(args) || !req.url) return args
  const { pathname, searchParams } = new URL(req.url)
  const allowed = findParameters(req, pathname, collection)
  if (!allowed) return args
  const names = isOverridden(req) ? Object.keys(req.query) : [...searchParams.keys()].map((name) => name.split('[')[0] ?? '')
  const unknown = names.find((name) => !allowed.includes(name) && !OF_PAYLOAD.includes(name))
  if (unknown !== undefined) refuseUnknown(unknown, allowed)
  for (const [name, value] of searchParams) checkValue(name, value, searchParams)
  return args
}

/**
 * The same for an endpoint of ours, which takes these parameters, each at most once. Throws a 400 that names another one, or one that is
 * repeated or written as a list.
 */
export function checkOwnParameters({ url }: Pick<PayloadRequest, 'url'>, allowed: readonly string[]): void {
  if (!url) return
  const { searchParams } = new URL(url)
  for (const name of searchParams.keys()) {
    const [parameter = ''] = name.split('[')
    if (OF_PAYLOAD.includes(parameter)) continue
    if (!allowed.includes(parameter)) refuseUnknown(parameter, allowed)
    if (parameter !== name || searchParams.getAll(name).length > 1) refuse(`'${parameter}' must be one value.`)
  }
}

function findParameters(
  req: PayloadRequest,
  pathname: string,
  collection: SanitizedCollectionConfig,
): readonly string[] | undefined {
  const [, found, part, ...rest] = pathname.replace(/^\/api/, '').split('/')
  if (found !== collection.slug) return undefined
  if (part === 'refresh-token') return ['refresh'] // the panel sends it
  if (rest.length > 0) return rest.join() === 'duplicate' ? PARAMETERS.write : undefined
  if (part !== undefined && part !== 'count' && !isRow(part, collection)) return undefined
  const isRead = req.method === 'GET' || isOverridden(req)
  if (isRead) return PARAMETERS[part === undefined ? 'list' : part === 'count' ? 'count' : 'row']
  const isBulk = part === undefined && (req.method === 'PATCH' || req.method === 'DELETE')
  return PARAMETERS[isBulk ? 'bulk' : 'write']
}

/** Whether a part of a path may be the id of a row, and is not an endpoint of ours. */
const isRow = (part: string, collection: SanitizedCollectionConfig) =>
  !(collection.endpoints || []).some(({ path }) => path === `/${part}`) && couldBeId(collection, part)

/** Whether a POST stands for a GET whose parameters are too long for an address: they are in its body, as the panel sends them. */
const isOverridden = ({ headers }: PayloadRequest) => headers.get('x-payload-http-method-override') === 'GET'

function checkValue(name: string, value: string, all: URLSearchParams): void {
  const [parameter = ''] = name.split('[')
  const isNumber = NUMBERS.includes(parameter)
  if (isNumber && !WHOLE.test(value)) refuse(`'${parameter}' must be a whole number, not ${quote(value)}.`)
  const isChoice = CHOICES.includes(parameter)
  if (isChoice && !['true', 'false', ''].includes(value)) refuse(`'${parameter}' must be true or false, not ${quote(value)}.`)
  if ((isNumber || isChoice) && (parameter !== name || all.getAll(name).length > 1)) refuse(`'${parameter}' must be one value.`)
  if (name === 'populate' && value !== '')
    refuse(`'populate' must be written as populate[collection][column]=true, not ${quote(value)}.`)
  if (parameter === 'sort' && !SORT.test(name)) refuse(`${quote(name)} must be written as sort=-price,make.`)
  if (name === 'where') checkJsonWhere(value)
  if (name.startsWith('joins[')) checkJoin(name, value, all)
}

/** A `where` as one JSON text names a condition: Payload takes `null` and `{}` for every row. */
function checkJsonWhere(value: string): void {
  if (/^\s*(null|\{\s*\})\s*$/.test(value))
    refuse(`'where' has no condition: ${quote(value)}. Write where[column][operator]=value.`)
}

function checkJoin(name: string, value: string, all: URLSearchParams): void {
  const join = JOIN.exec(name)
  if (!join) return refuse(`${quote(name)} must be written as joins[name][limit], [page], [sort], [count] or [where].`)
  const [, number, count, whole] = join
  if (number && !WHOLE.test(value)) refuse(`'${name}' must be a whole number, not ${quote(value)}.`)
  const isChoice = count !== undefined || whole !== undefined
  if (isChoice && !['true', 'false', ''].includes(value)) refuse(`'${name}' must be true or false, not ${quote(value)}.`)
  if ((number ?? isChoice) && all.getAll(name).length > 1) refuse(`'${name}' must be one value.`)
}

function refuseUnknown(name: string, allowed: readonly string[]): never {
  refuse(`The parameter ${quote(name)} is not known here; these are: ${allowed.join(', ') || 'none'}.`)
}

function refuse(message: string): never {
  throw new APIError(message, 400, undefined, true)
}
