import {
  addDataAndFileToRequest,
  APIError,
  type CollectionSlug,
  type Endpoint,
  Forbidden,
  type PayloadRequest,
  ValidationError,
  type Where,
} from 'payload'
import { refusalWords } from './refusal-words.ts'

/** What became of a bulk change: every row that was changed, and for every other one the reason. */
type Outcome = { docs: unknown[]; errors: { id: string; message: string; isPublic: boolean }[] }

type Change = (req: PayloadRequest, collection: CollectionSlug, id: string) => Promise<unknown>

const MOST_ROWS = 100

/**
 * Bulk changes (`PATCH /api/inventory?where…`, `DELETE …`) as one change after the other, each in a transaction of its own. Payload
 * makes them all at once in one transaction: a row that the database refuses undoes the rows that are reported as changed, and hooks
 * that look at other rows do not see each other's work.
 */
export const oneByOne: Endpoint[] = [
  {
    path: '/',
    method: 'patch',
    handler: async (req) => {
      await addDataAndFileToRequest(req)
      return inTurn(req, 'update', (asked, collection, id) =>
        asked.payload.update({ collection, id, data: { ...asked.data }, depth: 0, overrideAccess: false, req: asked }),
      )
    },
  },
  {
    path: '/',
    method: 'delete',
    handler: (req) =>
      inTurn(req, 'delete', (asked, collection, id) =>
        asked.payload.delete({ collection, id, depth: 0, overrideAccess: false, req: asked }),
      ),
  },
]

async function inTurn(req: PayloadRequest, operation: 'update' | 'delete', change: Change): Promise<Response> {
  const collection = req.routeParams?.['collection'] as CollectionSlug
  if (!(await req.payload.collections[collection].config.access[operation]({ req }))) throw new Forbidden(req.t)
  const ids = await idsOf(req, collection)
  const outcome: Outcome = { docs: [], errors: [] }
  for (const id of ids) {
    try {
      outcome.docs.push(await change(req, collection, id))
    } catch (error) {
      outcome.errors.push(reasonOf(error, id))
    }
  }
  const failed = outcome.errors.length
  const message = failed > 0 ? `${failed} of ${ids.length} could not be ${operation}d.` : `${ids.length} ${operation}d.`
  return Response.json({ ...outcome, message }, { status: failed > 0 ? 400 : 200 })
}

async function idsOf(req: PayloadRequest, collection: CollectionSlug): Promise<string[]> {
  const where: unknown = req.query['where']
  if (!saysWhich(where))
    throw new APIError("Say which rows, with a 'where' such as where[status][equals]=sold.", 400, undefined, true)
  const found = await req.payload.find({ collection, where, limit: MOST_ROWS + 1, depth: 0, overrideAccess: false, req })
  if (found.totalDocs <= MOST_ROWS) return found.docs.map((row) => String(row.id))
  throw new APIError(
    `${found.totalDocs} rows fit; ${MOST_ROWS} at most are changed at once. Say more in the 'where'.`,
    400,
    undefined,
    true,
  )
}

/** Whether every branch names a column and an operator: Payload takes one that does not for "all rows". */
function saysWhich(where: unknown): where is Where {
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return false
  const parts: [string, unknown][] = Object.entries(where)
  return parts.length > 0 && parts.every(([name, said]) => (/^(and|or)$/i.test(name) ? isBranches(said) : isCondition(said)))
}

const isBranches = (said: unknown) => Array.isArray(said) && said.length > 0 && said.every(saysWhich)
const isCondition = (said: unknown) =>
  typeof said === 'object' && said !== null && !Array.isArray(said) && Object.keys(said).length > 0

function reasonOf(error: unknown, id: string): Outcome['errors'][number] {
  if (error instanceof ValidationError) return { id, isPublic: true, message: refusalWords(error) }
  const told = error instanceof APIError && (error.isPublic || error.status < 500)
  return { id, isPublic: told, message: told ? error.message : 'Something went wrong.' }
}
