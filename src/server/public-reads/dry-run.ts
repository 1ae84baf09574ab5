import {
  createPayloadRequest,
  type Endpoint,
  type Payload,
  type SanitizedConfig,
  type Where,
} from 'payload'

/**
 * The query that Payload would send to its database for a list, and the visible fields of a row, in
 * order.
 */
export type ListQuery = {
  where: Where
  sort: string[]
  limit: number
  page: number
  counted: boolean
  shown: string[]
}

type FindArgs = {
  where?: Where
  sort?: string | string[]
  limit?: number
  page?: number
  pagination?: boolean
  select?: Row
  draftsEnabled?: unknown
}
type Row = Record<string, unknown>

/**
 * Runs Payload's own list handler for an anonymous request to the URL, with a stub database that
 * records the query and contains two rows: one with all values, one empty. Payload itself therefore
 * decides about access, limits, validation, `select` and hidden fields. Null if Payload refuses the
 * request, or does anything other than read one list and omit fields from its rows.
 */
export async function dryRunList(
  payload: Payload,
  slug: string,
  url: string,
): Promise<ListQuery | null> {
  const { config } = payload.collections[slug as keyof typeof payload.collections]
  const endpoints: readonly Endpoint[] = config.endpoints || []
  const handler = endpoints.find(({ method, path }) => method === 'get' && path === '/')?.handler
  if (!handler) return null
  const stored = config.flattenedFields.filter((field) => !('virtual' in field && field.virtual))
  const rows = buildProbeRows(stored.map(({ name }) => name))
  const queries: FindArgs[] = []
  const find = async (args: FindArgs) => {
    queries.push(args)
    return {
      docs: structuredClone(rows),
      totalDocs: 2,
      totalPages: 1,
      page: 1,
      limit: 2,
      pagingCounter: 1,
      hasNextPage: false,
      hasPrevPage: false,
    }
  }
  const response = await runHandler(payload, slug, url, handler, find)
  const shown = response && findShownFields((JSON.parse(response) as { docs: Row[] }).docs, rows)
  const [args, ...more] = queries
  return shown && args && more.length === 0 ? toListQuery(args, shown) : null
}

async function runHandler(
  payload: Payload,
  slug: string,
  url: string,
  handler: Endpoint['handler'],
  find: unknown,
): Promise<string | null> {
  const config: Promise<SanitizedConfig> = Promise.resolve(payload.config)
  const req = await createPayloadRequest({
    canSetHeaders: false,
    config,
    request: new Request(url),
  })
  const database: unknown = Object.create(payload.db, { find: { value: find } })
  req.payload = Object.create(payload, { db: { value: database } }) as Payload
  req.routeParams = { collection: slug }
  try {
    const response = await handler(req)
    return response.status === 200 ? await response.text() : null
  } catch (error) {
    // an error response: Payload's own handler sends it
    if (error instanceof Error) return null
    throw error
  }
}

function buildProbeRows(names: readonly string[]): [Row, Row] {
  const all = ['id', ...names.filter((name) => name !== 'id')]
  return [
    Object.fromEntries(all.map((name) => [name, `the ${name}`])),
    Object.fromEntries(all.map((name) => [name, null])),
  ]
}

/** The fields that both rows returned unchanged; null if a field was changed or added. */
function findShownFields(docs: readonly Row[], rows: readonly [Row, Row]): string[] | null {
  const [full, empty] = docs
  if (!full || !empty || docs.length !== 2) return null
  const shown = Object.keys(full)
  const same =
    Object.keys(empty).join() === shown.join() &&
    shown.every((name) => full[name] === rows[0][name] && empty[name] === null)
  return same ? shown : null
}

function toListQuery(
  { where, sort, limit, page, pagination, select = {}, draftsEnabled }: FindArgs,
  shown: string[],
): ListQuery | null {
  const numbers = [limit, page].every((value) => Number.isSafeInteger(value) && Number(value) >= 1)
  const choices = new Set(Object.values(select))
  const chosen = choices.size <= 1 && [...choices].every((choice) => typeof choice === 'boolean')
  if (!numbers || !chosen || draftsEnabled || !where) return null
  const sorted = typeof sort === 'string' ? [sort] : (sort ?? [])
  return {
    where,
    sort: [...sorted],
    limit: Number(limit),
    page: Number(page),
    counted: pagination !== false,
    shown,
  }
}
