import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A request that the probe repeats, as one more client beside the load. `{count}` in its path
 * stands for a number that is different each time.
 */
export type ProbedRequest = {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}

/** A measurement of the probe: milliseconds until the response, and its status; 0 if none came. */
export type ProbeResult = { request: 'health' | 'load'; status: number; ms: number }

const HEALTH_PAUSE_MS = 100
const LOAD_PAUSE_MS = 10
const LOAD_CONNECTIONS = 8

/*
 * A process beside the load generator, which is busy itself: what it measures includes the time
 * that a response waits for the generator. The probe sends two kinds of requests to the origin that
 * it is given: /healthz over one connection, and the request that its parent sends it over
 * LOAD_CONNECTIONS, each after the response to the one before. It reports every result to its
 * parent.
 */
const [origin = ''] = process.argv.slice(2)
process.on('disconnect', () => process.exit(0))
const [probed] = (await once(process, 'message')) as [ProbedRequest]
const health: ProbedRequest = { method: 'GET', path: '/healthz', headers: {} }

await Promise.all([
  repeatRequest('health', health, HEALTH_PAUSE_MS),
  ...Array.from({ length: LOAD_CONNECTIONS }, () => repeatRequest('load', probed, LOAD_PAUSE_MS)),
])

async function repeatRequest(
  request: ProbeResult['request'],
  { path, ...options }: ProbedRequest,
  pauseMs: number,
): Promise<never> {
  for (let count = 1; ; count++) {
    const began = performance.now()
    const answer = await fetch(origin + path.replace('{count}', String(count)), options).catch(
      () => null,
    )
    await answer?.arrayBuffer().catch(() => undefined)
    const result: ProbeResult = {
      request,
      status: answer?.status ?? 0,
      ms: performance.now() - began,
    }
    process.send?.(result)
    await sleep(pauseMs)
  }
}
