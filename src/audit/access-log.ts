import type { Payload, PayloadRequest } from 'payload'
import type { ReadAccess } from '../domain/audit-change.ts'
import { findActor } from './actor.ts'
import { aggregatedEntries } from './aggregated-entries.ts'
import { getOrigin } from './origin.ts'

/** Where the looks of one request are kept until its answer is ready. */
const ACCESSES = 'forecourtLooks'

type CollectingRequest = { [ACCESSES]?: ReadAccess[] }
type AuditedRequest = { payload: Payload } & Pick<PayloadRequest, 'headers' | 'user'>

/**
 * A handler of Payload's whose answer goes out when what an admin looked at for it is in the trail,
 * and not if that fails. However much was read, it is one line: the request that the handler gets
 * is the one that Payload's hooks get.
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
 * Keeps a look for the line of its request; where nobody collects, as in the panel's own reads, it
 * is a line at once.
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
 * The row is named where the whole look was at one; what was asked for comes last, after what was
 * filled in for it.
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
