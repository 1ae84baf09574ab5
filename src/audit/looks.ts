import type { Payload, PayloadRequest } from 'payload'
import type { Look } from '../domain/trail-change.ts'
import { actorOf } from './actor.ts'
import { countedLines } from './counted.ts'
import { originOf } from './origin.ts'

/** Where the looks of one request are kept until its answer is ready. */
const LOOKS = 'forecourtLooks'

type Collecting = { [LOOKS]?: Look[] }
type Asking = { payload: Payload } & Pick<PayloadRequest, 'headers' | 'user'>

/**
 * A handler of Payload's whose answer goes out when what an admin looked at for it is in the trail, and not if that fails. However much
 * was read, it is one line: the request that the handler gets is the one that Payload's hooks get.
 */
export function withLooks(handle: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    const looks: Look[] = []
    const response = await handle(Object.assign(request, { [LOOKS]: looks }))
    if (looks.length > 0) await writeLooks(request as unknown as Asking, looks)
    return response
  }
}

/** Keeps a look for the line of its request; where nobody collects, as in the panel's own reads, it is a line at once. */
export async function keepLooks(req: PayloadRequest, looks: readonly Look[]): Promise<void> {
  const collected = (req as Collecting)[LOOKS]
  if (collected) collected.push(...looks)
  else await writeLooks(req, looks)
}

/** The row is named where the whole look was at one; what was asked for comes last, after what was filled in for it. */
async function writeLooks(req: Asking, looks: readonly Look[]): Promise<void> {
  const actor = actorOf(req)
  const main = looks.at(-1)
  if (!actor || !main) return
  const resource = looks.length === 1 && main.ids.length === 1 ? main.ids[0] : null
  const about = { action: 'look', resourceType: main.collection, resource }
  await countedLines.look(req.payload, actor, { ...about, change: { looks: [...looks] }, origin: originOf(req) })
}
