import type { Payload, PayloadRequest } from 'payload'
import type { ReadAccess } from '../domain/audit-change.ts'
import { findActor } from './actor.ts'
import { aggregatedEntries } from './aggregated-entries.ts'
import { getOrigin } from './origin.ts'

/** The context key for the read accesses of one request until its response is ready. */
const ACCESSES = 'forecourtAccesses'

type CollectingRequest = { [ACCESSES]?: ReadAccess[] }
type AuditedRequest = { payload: Payload } & Pick<PayloadRequest, 'headers' | 'user'>

/**
 * Wraps one of Payload's handlers: the response is sent only once the admin's read accesses are in
 * the audit log, and not if that fails. However much was read, it is one entry: the handler and
 * Payload's hooks share one request.
 */
export function withAccessLog(
  handle: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const accesses: ReadAccess[] = []
    const response = await handle(Object.assign(request, { [ACCESSES]: accesses }))
    if (accesses.length > 0) await writeAccesses(request as unknown as AuditedRequest, accesses)
    return response
  }
}

/**
 * Collects a read access for the entry of its request. Without a collecting handler, as in the
 * panel's own reads, it is written immediately.
 */
export async function logAccesses(
  req: PayloadRequest,
  accesses: readonly ReadAccess[],
): Promise<void> {
  const collected = (req as CollectingRequest)[ACCESSES]
  if (collected) collected.push(...accesses)
  else await writeAccesses(req, accesses)
}

/**
 * Names the row if all accesses were to one row. The last access is what was requested; the ones
 * before it filled it in.
 */
async function writeAccesses(req: AuditedRequest, accesses: readonly ReadAccess[]): Promise<void> {
  const actor = findActor(req)
  const main = accesses.at(-1)
  if (!actor || !main) return
  const resource = accesses.length === 1 && main.ids.length === 1 ? main.ids[0] : null
  const about = { action: 'look', resourceType: main.collection, resource }
  await aggregatedEntries.recordAccess(req.payload, actor, {
    ...about,
    change: { looks: [...accesses] },
    origin: getOrigin(req),
  })
}
