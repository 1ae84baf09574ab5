import { type AfterErrorHook, APIError, type PayloadRequest } from 'payload'
import { findActor } from '../../src/audit/actor.ts'
import { aggregatedEntries } from '../../src/audit/aggregated-entries.ts'
import { getOrigin } from '../../src/audit/origin.ts'
import { findSignInAttempt, auditFailedSignIn } from './sign-ins.ts'

/**
 * Writes an audit entry for a failed sign-in and for each refused action of staff or garage admins.
 * The response is the same whether or not the entry is saved.
 */
export const auditDenied: AfterErrorHook = async ({ collection, error, graphqlResult, req }) => {
  const cause: unknown = 'originalError' in error ? error.originalError : error
  if (!(cause instanceof APIError) || ![401, 403, 429].includes(cause.status)) return
  const attempt = findSignInAttempt(req)
  try {
    if (attempt !== null)
      await auditFailedSignIn(req, attempt, cause.name === 'APIError' ? cause.message : cause.name)
    else if (cause.status === 403)
      await writeDeniedEntry(req, collection?.slug, graphqlResult?.path, cause.message)
  } catch (failure) {
    req.payload.logger.error({
      err: failure,
      msg: 'A denied request could not be written to the audit log.',
    })
  }
}

async function writeDeniedEntry(
  req: PayloadRequest,
  slug: string | undefined,
  path: unknown,
  reason: string,
): Promise<void> {
  const actor = findActor(req)
  if (!actor) return
  const id = slug === 'sessions' ? undefined : req.routeParams?.['id']
  const request = Array.isArray(path)
    ? `GraphQL ${path.join('.')}`
    : `${req.method ?? ''} ${buildMaskedPath(req)}`
  const change = { asked: request.slice(0, 200), reason: reason.slice(0, 300) }
  const entry = {
    action: 'denied',
    resourceType: slug ?? null,
    resource: id,
    change,
    origin: getOrigin(req),
  }
  await aggregatedEntries.recordDenied(req.payload, actor, entry)
}

/**
 * The path of a request without the key of its row, which may be a secret; the key of other rows
 * has its own column.
 */
function buildMaskedPath({ pathname = '', routeParams }: PayloadRequest): string {
  const id = routeParams?.['id']
  return typeof id === 'string'
    ? pathname.replace(encodeURIComponent(id), ':id').replace(id, ':id')
    : pathname
}
