import type { RequestHandler } from 'express'
import type { Payload, SanitizedConfig } from 'payload'
import { memoryCache } from '../../cache/memory.ts'
import { postgresOf } from '../../database/transaction.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'
import type { Admission } from '../load/admission.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { formatRefusal } from '../refusal.ts'
import { sendWebResponse } from '../send-response.ts'
import { understand } from './address.ts'
import { type Answer, sendAnswer } from './answer.ts'
import { Changes, noteOwnWrites } from './changes.ts'
import { countsOf, type Total } from './counts.ts'
import { PRIVATE, publicHeaders } from './headers.ts'
import { type Fill, keepAnswers } from './keep-answers.ts'
import { answerMaker } from './make-answer.ts'

/** What is remembered, and whether lists are read past Payload. All of it is on, but where something is measured without. */
export type PublicReadsOptions = { answers?: boolean; counts?: boolean; fast?: boolean }

type Parts = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  writes: WriteTracker
  metrics: Pick<Metrics, 'publicReads'>
  admission: Pick<Admission, 'admit'>
}

const ANSWER_BYTES = 64_000_000
const COUNT_BYTES = 2_000_000
/** What a kept answer may take with its compressed forms, as a multiple of its own bytes. */
const WITH_ENCODED = 1.6

/**
 * Answers anonymous reads of collections that say `custom: { publicReads: true }`: from memory, else with one statement, else by
 * Payload's handler, and always the same to the byte. Only what is not in memory has to be admitted. Everything else goes on to the next
 * handler. A collection may say so when what the public reads of it depends on nothing but its own rows, whose changes a trigger tells
 * (see the migration `tell_changes`).
 */
export function publicReads(parts: Parts, options: PublicReadsOptions = {}): RequestHandler {
  const { payload, settings, metrics, admission } = parts
  const slugs = publicSlugs(payload)
  const { changes, keep, make } = memory(parts, slugs, options)
  const headersOf = publicHeaders(settings.CORS_ORIGINS, settings.production)
  const sessionCookie = `${payload.config.cookiePrefix}-token`

  return async (req, res, next) => {
    const understood = understand(req, slugs, sessionCookie)
    if (understood && !understood.anonymous) res.setHeaders(new Headers(PRIVATE))
    if (!understood?.anonymous || !changes.heard) return next()
    const filled: { refusal?: globalThis.Response; here?: true; shed?: true } = {}
    const answer = await keep(understood.read, async () => {
      filled.here = true
      const seat = await admission.admit(req, res)
      if (!seat) filled.shed = true
      const made = seat && (await make(understood.read, req, res).finally(seat.leave))
      if (!made) return null
      if ('answer' in made) return made.answer
      filled.refusal = made.refusal
      return null
    })
    if (answer) metrics.publicReads.inc({ answer: filled.here ? 'made' : 'kept' })
    if (answer) return sendAnswer(answer, headersOf(req), req, res)
    if (filled.shed) return
    if (!filled.refusal) return next() // it waited for another's read, which was refused: it has a refusal of its own to hear
    for (const [name, value] of Object.entries(headersOf(req))) if (value !== undefined) res.setHeader(name, value)
    return sendWebResponse(await formatRefusal(filled.refusal), req, res)
  }
}

/** What remembers answers and totals, hears of changes, and makes what is not remembered. */
function memory(
  { settings, ...parts }: Parts,
  slugs: ReadonlySet<string>,
  { answers = true, counts = true, fast = true }: PublicReadsOptions,
) {
  const kept = memoryCache<Answer>({ bytes: ANSWER_BYTES, sizeOf: ({ body }) => Math.ceil(body.byteLength * WITH_ENCODED) })
  const totals = memoryCache<Total>({ bytes: COUNT_BYTES, sizeOf: () => 8 })
  const changes = new Changes(parts.watch, (table) => {
    for (const cache of [kept, totals]) void (table === null ? cache.clear() : cache.drop(table))
  })
  noteOwnWrites(postgresOf(parts.payload), changes)
  const make = answerMaker({
    ...parts,
    publicOrigin: settings.publicOrigin,
    fast: fast ? slugs : new Set(),
    counts: (table) => (counts ? countsOf(totals, changes, table) : null),
  })
  const keep = answers ? keepAnswers(kept, changes) : (_read: unknown, fill: Fill) => fill()
  return { changes, keep, make }
}

function publicSlugs({ config }: Payload): ReadonlySet<string> {
  return new Set(config.collections.filter(({ custom }) => custom['publicReads'] === true).map(({ slug }) => slug))
}
