import { type AfterErrorHook, APIError, type PayloadRequest } from 'payload'
import { actorOf } from '../../src/audit/actor.ts'
import { countedLines } from '../../src/audit/counted.ts'
import { originOf } from '../../src/audit/origin.ts'
import { attemptOf, writeFailedSignIn } from './sign-ins.ts'

/**
 * A sign-in that failed, and what staff and garage admins were refused, leave a line of their own. The answer is the same whether or
 * not the line could be written.
 */
export const writeRefusal: AfterErrorHook = async ({ collection, error, graphqlResult, req }) => {
  const cause: unknown = 'originalError' in error ? error.originalError : error
  if (!(cause instanceof APIError) || ![401, 403, 429].includes(cause.status)) return
  const attempt = attemptOf(req)
  try {
    if (attempt !== null) await writeFailedSignIn(req, attempt, cause.name === 'APIError' ? cause.message : cause.name)
    else if (cause.status === 403) await writeDenial(req, collection?.slug, graphqlResult?.path, cause.message)
  } catch (failure) {
    req.payload.logger.error({ err: failure, msg: 'A refusal could not be written to the trail.' })
  }
}

async function writeDenial(req: PayloadRequest, slug: string | undefined, path: unknown, reason: string): Promise<void> {
  const actor = actorOf(req)
  if (!actor) return
  const id = slug === 'sessions' ? undefined : req.routeParams?.['id']
  const asked = Array.isArray(path) ? `GraphQL ${path.join('.')}` : `${req.method ?? ''} ${pathOf(req)}`
  const change = { asked: asked.slice(0, 200), reason: reason.slice(0, 300) }
  const line = { action: 'denied', resourceType: slug ?? null, resource: id, change, origin: originOf(req) }
  await countedLines.denied(req.payload, actor, line)
}

/** The path of a request without the key of its row, which may open something; that of other rows has a column. */
function pathOf({ pathname = '', routeParams }: PayloadRequest): string {
  const id = routeParams?.['id']
  return typeof id === 'string' ? pathname.replace(encodeURIComponent(id), ':id').replace(id, ':id') : pathname
}
