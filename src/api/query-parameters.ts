import {
  APIError,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
} from 'payload'
import { quoteValue } from '../domain/input-values.ts'
import { isExternalCall } from '../access/external-call.ts'
import { couldBeId } from './row-ids.ts'

const ROW_PARAMETERS = ['depth', 'select', 'populate', 'joins', 'trash'] as const
const LIST_PARAMETERS = [...ROW_PARAMETERS, 'where', 'limit', 'page', 'sort', 'pagination'] as const

/** The parameters that each kind of request to a collection takes. */
const PARAMETERS = {
  list: LIST_PARAMETERS,
  count: ['where', 'trash'],
  row: ROW_PARAMETERS,
  write: ['depth', 'select', 'populate', 'trash'],
  bulk: ['depth', 'select', 'populate', 'where', 'limit', 'sort', 'trash'],
} as const satisfies Record<string, readonly string[]>

/**
 * Parameters that the panel and Payload's SDK send with any request, for features that are not used
 * here.
 */
const PAYLOAD_PARAMETERS: readonly string[] = [
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

const NUMERIC_PARAMETERS: readonly string[] = ['depth', 'limit', 'page']
const BOOLEAN_PARAMETERS: readonly string[] = ['pagination', 'trash']
/** A number, or nothing, as sent by an empty form field. */
const WHOLE_NUMBER = /^\d*$/
const JOIN =
  /^joins\[[^\]]+\](?:\[(?:(limit|page)\]|(count)\]|sort\](?:\[\d*\])?|where\](?:\[.*)?)|())$/
const SORT = /^sort(?:\[\d*\])?$/

/**
 * A parameter that a request to a collection does not take gets a 400 that names it and the
 * supported ones, and so does a value that Payload would ignore: `limit=many` does not mean the
 * default limit. Only for Payload's endpoints; our endpoints check their own parameters.
 */
export const checkParameters: CollectionBeforeOperationHook = ({ args, collection, req }) => {
  if (req.payloadAPI !== 'REST' || !isExternalCall(args) || !req.url) return args
  const { pathname, searchParams } = new URL(req.url)
  const allowed = findParameters(req, pathname, collection)
  if (!allowed) return args
  const names = isOverridden(req)
    ? Object.keys(req.query)
    : [...searchParams.keys()].map((name) => name.split('[')[0] ?? '')
  const unknown = names.find(
    (name) => !allowed.includes(name) && !PAYLOAD_PARAMETERS.includes(name),
  )
  if (unknown !== undefined) refuseUnknownParameter(unknown, allowed)
  for (const [name, value] of searchParams) checkValue(name, value, searchParams)
  return args
}

/**
 * The same for one of our endpoints, which takes these parameters, each at most once unless it is
 * repeatable. Throws a 400 that names an unknown parameter, or one that is repeated or written as a
 * list.
 */
export function checkEndpointParameters(
  { url }: Pick<PayloadRequest, 'url'>,
  allowed: readonly string[],
  repeatable: readonly string[] = [],
): void {
  if (!url) return
  const { searchParams } = new URL(url)
  for (const name of searchParams.keys()) {
    const [parameter = ''] = name.split('[')
    if (PAYLOAD_PARAMETERS.includes(parameter)) continue
    if (!allowed.includes(parameter)) refuseUnknownParameter(parameter, allowed)
    if (repeatable.includes(name)) continue
    if (repeatable.includes(parameter))
      throwBadRequest(
        `${quoteValue(name)} must be written without brackets: ${parameter}=a&${parameter}=b.`,
      )
    const isRepeated = searchParams.getAll(name).length > 1
    if (parameter !== name || isRepeated) throwBadRequest(`'${parameter}' must be a single value.`)
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
  if (part !== undefined && part !== 'count' && !couldBeRow(part, collection)) return undefined
  const isRead = req.method === 'GET' || isOverridden(req)
  if (isRead) return PARAMETERS[part === undefined ? 'list' : part === 'count' ? 'count' : 'row']
  const isBulk = part === undefined && (req.method === 'PATCH' || req.method === 'DELETE')
  return PARAMETERS[isBulk ? 'bulk' : 'write']
}

/** Whether a part of a path can be the ID of a row, and is not one of our endpoints. */
const couldBeRow = (part: string, collection: SanitizedCollectionConfig) =>
  !(collection.endpoints || []).some(({ path }) => path === `/${part}`) &&
  couldBeId(collection, part)

/**
 * Whether a POST replaces a GET whose parameters are too long for an address: they are in its body,
 * as the panel sends them.
 */
const isOverridden = ({ headers }: PayloadRequest) =>
  headers.get('x-payload-http-method-override') === 'GET'

function checkValue(name: string, value: string, all: URLSearchParams): void {
  const [parameter = ''] = name.split('[')
  const isNumber = NUMERIC_PARAMETERS.includes(parameter)
  if (isNumber && !WHOLE_NUMBER.test(value))
    throwBadRequest(`'${parameter}' must be a whole number, not ${quoteValue(value)}.`)
  const isChoice = BOOLEAN_PARAMETERS.includes(parameter)
  if (isChoice && !['true', 'false', ''].includes(value))
    throwBadRequest(`'${parameter}' must be true or false, not ${quoteValue(value)}.`)
  if ((isNumber || isChoice) && (parameter !== name || all.getAll(name).length > 1))
    throwBadRequest(`'${parameter}' must be a single value.`)
  if (name === 'populate' && value !== '')
    throwBadRequest(
      `'populate' must be written as populate[collection][column]=true, not ${quoteValue(value)}.`,
    )
  if (parameter === 'sort' && !SORT.test(name))
    throwBadRequest(`${quoteValue(name)} must be written like this: sort=-price,make.`)
  if (name === 'where') checkJsonWhere(value)
  if (name.startsWith('joins[')) checkJoin(name, value, all)
}

/** A `where` as one JSON text names a condition: Payload takes `null` and `{}` for every row. */
function checkJsonWhere(value: string): void {
  if (/^\s*(null|\{\s*\})\s*$/.test(value))
    throwBadRequest(
      `'where' has no condition: ${quoteValue(value)}. Write where[column][operator]=value.`,
    )
}

function checkJoin(name: string, value: string, all: URLSearchParams): void {
  const join = JOIN.exec(name)
  if (!join)
    return throwBadRequest(
      `${quoteValue(name)} must be written as joins[name][limit], [page], [sort], [count] or ` +
        '[where].',
    )
  const [, number, count, whole] = join
  if (number && !WHOLE_NUMBER.test(value))
    throwBadRequest(`'${name}' must be a whole number, not ${quoteValue(value)}.`)
  const isChoice = count !== undefined || whole !== undefined
  if (isChoice && !['true', 'false', ''].includes(value))
    throwBadRequest(`'${name}' must be true or false, not ${quoteValue(value)}.`)
  if ((number ?? isChoice) && all.getAll(name).length > 1)
    throwBadRequest(`'${name}' must be a single value.`)
}

function refuseUnknownParameter(name: string, allowed: readonly string[]): never {
  throwBadRequest(
    `The parameter ${quoteValue(name)} is unknown. Allowed parameters: ` +
      `${allowed.join(', ') || 'none'}.`,
  )
}

function throwBadRequest(message: string): never {
  throw new APIError(message, 400, undefined, true)
}
