import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { handleEndpoints, type Payload, type SanitizedConfig } from 'payload'
import { ROW_VERSION_HEADER } from '../../access/row-version.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import { gated } from '../database-gate.ts'
import { toWebRequest } from '../web-request.ts'
import type { PublicRead } from './address.ts'
import { type Answer, answerOf } from './answer.ts'
import { tableOf } from './changes.ts'
import type { Counts } from './counts.ts'
import { type FastList, fastList } from './fast-list.ts'

/** What a read comes to: an answer, or the response that Payload refuses it with. */
export type Made = { answer: Answer } | { refusal: Response }

type Parts = {
  payload: Payload
  config: Promise<SanitizedConfig>
  watch: DatabaseWatch
  writes: WriteTracker
  publicOrigin: string
}
type MakerOptions = Parts & {
  /** The collections whose lists are read past Payload. */
  fast: ReadonlySet<string>
  /** The remembered totals of a table; null to count each time. */
  counts: (table: string) => Counts | null
}

/** Makes answers: a list with one statement where that can be, else everything with Payload's own handler. */
export function answerMaker({ fast, counts, ...parts }: MakerOptions) {
  const { payload, config, watch, writes, publicOrigin } = parts
  const lists = fastLists(parts, fast)
  const plain = gated({ watch, writes }, (request) => handleEndpoints({ config, request }))

  return async (read: PublicRead, req: ExpressRequest, res: ExpressResponse): Promise<Made> => {
    const text = await pastPayload(read)
    if (text !== null) return { answer: answerOf(Buffer.from(text)) }
    const response = await plain(toWebRequest(req, res, publicOrigin).request)
    if (response.status !== 200) return { refusal: response }
    return { answer: answerOf(Buffer.from(await response.arrayBuffer()), response.headers.get(ROW_VERSION_HEADER)) }
  }

  /** Null when there is no way past Payload, or when the database went away meanwhile: the plain handler tells that. */
  async function pastPayload({ slug, kind, key }: PublicRead): Promise<string | null> {
    const list = kind === 'list' ? lists.get(slug) : undefined
    if (!list) return null
    const losses = watch.losses
    try {
      const text = await list(key.slice(key.indexOf('?') + 1), counts(tableOf(slug)))
      return watch.losses === losses ? text : null
    } catch (error) {
      if (watch.losses === losses)
        payload.logger.error({ err: error, msg: `The fast read of ${key} failed; Payload answers it.` })
      return null
    }
  }
}

function fastLists({ payload, publicOrigin }: Parts, slugs: ReadonlySet<string>): ReadonlyMap<string, FastList> {
  const lists = new Map<string, FastList>()
  for (const slug of slugs) {
    const list = fastList({ payload, slug, table: tableOf(slug), origin: publicOrigin })
    if (typeof list === 'string') payload.logger.warn(`GET /api/${slug} is answered by Payload's own handler: ${list}.`)
    else lists.set(slug, list)
  }
  return lists
}
