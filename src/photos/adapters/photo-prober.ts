import { EGRESS_LIMITS, Egress, type EgressRequest } from '../../egress/egress.ts'
import { asEgressFailure } from '../../egress/failure.ts'
import type { Gate } from '../../egress/gate.ts'
import type { Pacing } from '../../egress/pacing.ts'
import { type CheckResult, isUnknownStatus, judgePhotoResponse } from '../domain/photo-check.ts'

/** Checks the address of a photo on another site; null if it cannot be known now. */
export type PhotoProber = {
  check: (url: string, signal: AbortSignal) => Promise<CheckResult | null>
  close: () => Promise<void>
}

type ProberOptions = {
  gate: Gate
  pacing: Pacing
  /** The pause after a request to a site, in milliseconds. */
  gapFor: (url: URL) => number
}

/** Only the head is needed; a site that ignores Range may send the whole photo. */
const LIMITS = { ...EGRESS_LIMITS, headers: 10_000, total: 20_000, bytes: 1_000_000 }

/** Longer than any request can take: a slot held this long belongs to a process that crashed. */
const LEASE_MS = 30_000
const MAX_WAIT_MS = 60_000

/**
 * Creates a prober that sends one request at a time to a site, with a pause after each: HEAD, and
 * where a site does not answer that, GET for the first byte.
 */
export function createPhotoProber({ gate, pacing, gapFor }: ProberOptions): PhotoProber {
  const egress = new Egress(gate, LIMITS)
  const send = (request: EgressRequest, signal: AbortSignal) =>
    egress.fetch({ ...request, signal }, async (url, sendNow) => {
      const slot = await pacing.acquireSlot({
        server: url.origin,
        leaseMs: LEASE_MS,
        maxWaitMs: MAX_WAIT_MS,
        signal,
      })
      return sendNow().finally(() => slot.release(gapFor(url)))
    })
  const check: PhotoProber['check'] = async (url, signal) => {
    try {
      const head = await send({ url, method: 'HEAD' }, signal).catch(ignoreBrokenConnection)
      const first = head && judge(head)
      if (first && first.problem === null) return first
      return judge(await send({ url, headers: { range: 'bytes=0-0' } }, signal))
    } catch (error) {
      signal.throwIfAborted()
      return describeFailure(error)
    }
  }
  return { check, close: () => egress.close() }
}

/** Some sites close the connection of a HEAD request; any other error is thrown. */
function ignoreBrokenConnection(error: unknown): null {
  if (asEgressFailure(error)?.kind === 'network') return null
  throw error
}

type Head = { status: number; headers: Readonly<Record<string, string>> }

const judge = ({ status, headers }: Head): CheckResult | null =>
  isUnknownStatus(status) ? null : judgePhotoResponse(status, headers['content-type'] ?? '')

/** A photo that is larger than the limit is one. A site that other jobs use is checked later. */
function describeFailure(error: unknown): CheckResult | null {
  const failure = asEgressFailure(error)
  if (failure?.kind === 'too large') return { status: 200, problem: null }
  if (failure) return { status: null, problem: failure.message.slice(0, 300) }
  if (error instanceof Error && error.name === 'SlotUnavailable') return null
  throw error
}
