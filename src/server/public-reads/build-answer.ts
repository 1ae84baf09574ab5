import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { handleEndpoints, type Payload, type SanitizedConfig } from 'payload'
import { ROW_VERSION_HEADER } from '../../api/row-version.ts'
import { toTableName } from '../../cache/changes.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import { withDatabaseGate } from '../database-gate.ts'
import { toWebRequest } from '../web-request.ts'
import type { PublicRead } from './address.ts'
import { type PublicAnswer, buildAnswer } from './answer.ts'
import type { TotalCache } from './counts.ts'
import { type FastList, createFastList } from './fast-list.ts'

/** The result of a read: a response to cache, or Payload's error response. */
export type AnswerResult = { answer: PublicAnswer } | { refusal: Response }

type AnswerDependencies = {
  payload: Payload
  config: Promise<SanitizedConfig>
  watch: DatabaseWatch
  writes: WriteTracker
  publicOrigin: string
}
type AnswerOptions = AnswerDependencies & {
  /** The collections with public reads. */
  slugs: ReadonlySet<string>
  /** Where totals are cached; null to count each time. */
  totals: TotalCache | null
}

/**
 * Creates a function that produces responses: for a list with one statement if possible, otherwise
 * with Payload's own handler.
 */
export function createAnswerBuilder({ slugs, totals, ...dependencies }: AnswerOptions) {
  const { payload, config, watch, writes, publicOrigin } = dependencies
  const lists = createFastLists(dependencies, slugs)
  const plain = withDatabaseGate({ watch, writes }, (request) =>
    handleEndpoints({ config, request }),
  )

  return async (
    read: PublicRead,
    req: ExpressRequest,
    res: ExpressResponse,
  ): Promise<AnswerResult> => {
    const text = await readFast(read)
    if (text !== null) return { answer: buildAnswer(Buffer.from(text)) }
    const response = await plain(toWebRequest(req, res, publicOrigin).request)
    if (response.status !== 200) return { refusal: response }
    return {
      answer: buildAnswer(
        Buffer.from(await response.arrayBuffer()),
        response.headers.get(ROW_VERSION_HEADER),
        response.headers.get('content-type') ?? undefined,
      ),
    }
  }

  /**
   * Reads a list without Payload. Null if that is not possible, or if a connection to the database
   * broke meanwhile: the plain handler then reports it.
   */
  async function readFast({ slug, kind, key }: PublicRead): Promise<string | null> {
    const list = kind === 'list' ? lists.get(slug) : undefined
    if (!list) return null
    const disconnects = watch.disconnects
    try {
      const text = await list(key.slice(key.indexOf('?') + 1), totals)
      return watch.disconnects === disconnects ? text : null
    } catch (error) {
      if (watch.disconnects === disconnects)
        payload.logger.error({
          err: error,
          msg: `The fast read of ${key} failed; Payload answers it instead.`,
        })
      return null
    }
  }
}

function createFastLists(
  { payload, publicOrigin }: AnswerDependencies,
  slugs: ReadonlySet<string>,
): ReadonlyMap<string, FastList> {
  const lists = new Map<string, FastList>()
  for (const slug of slugs) {
    const list = createFastList({ payload, slug, table: toTableName(slug), origin: publicOrigin })
    if (typeof list === 'string')
      payload.logger.warn(`GET /api/${slug} is answered by Payload's own handler: ${list}.`)
    else lists.set(slug, list)
  }
  return lists
}
