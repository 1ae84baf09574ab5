import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import type { Delivery } from '../../mail/deliver.ts'

/** Called after each attempt to send a mail. */
export type CountMail = (outcome: Delivery['outcome']) => void

/**
 * Everything that one process counts; created once and passed on. Values that are queried at each
 * scrape are in database.ts.
 */
export type Metrics = ReturnType<typeof createMetrics>

/**
 * The outcomes of a run. Besides done: retried (`failed`), failed permanently (`dead`), handed back
 * by a worker that stopped, taken over from a worker that died (`lapsed`), or lost to another
 * worker.
 */
export const RUN_OUTCOMES = ['done', 'failed', 'dead', 'handed_back', 'lapsed', 'lost'] as const
const MAIL_OUTCOMES: readonly Delivery['outcome'][] = ['sent', 'later', 'refused', 'unknown']

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const RUN_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600]

/**
 * Creates the metrics of a process on a separate registry, all at zero. Each label has few values,
 * whatever the requests contain: see routes.ts. Series with known labels exist from the start, so
 * that the first event of a kind is an increase.
 */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'http_requests_total',
    help:
      'HTTP responses by method, route and status; the status "unfinished" marks aborted ' +
      'responses.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the request headers to the end of the response.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_SECONDS,
    registers,
  })
  const publicReads = new Counter({
    name: 'public_reads_total',
    help: 'Responses to public reads: served from the cache (kept) or created (made).',
    labelNames: ['answer'],
    registers,
  })
  for (const answer of ['kept', 'made']) publicReads.inc({ answer }, 0)
  const shed = new Counter({
    name: 'http_requests_shed_total',
    help:
      'Requests refused before any work was done: the lane was full (busy), or the IP ' +
      'address sent too many requests (address).',
    labelNames: ['lane', 'reason'],
    registers,
  })
  for (const lane of ['api', 'panel', 'files'])
    for (const reason of ['busy', 'address']) shed.inc({ lane, reason }, 0)
  return {
    registry,
    requests,
    requestSeconds,
    publicReads,
    shed,
    ...createRunMetrics(registry),
    countMail: createMailMetrics(registry),
  }
}

function createRunMetrics(registry: Registry) {
  const registers = [registry]
  const runs = new Counter({
    name: 'job_runs_total',
    help:
      'Job runs that ended in this process, and runs of other processes that it found ' +
      'expired (lapsed, or failed permanently).',
    labelNames: ['task', 'outcome'],
    registers,
  })
  const runSeconds = new Histogram({
    name: 'job_run_duration_seconds',
    help: 'Duration of the job runs that ended in this process.',
    labelNames: ['task'],
    buckets: RUN_SECONDS,
    registers,
  })
  return { runs, runSeconds }
}

function createMailMetrics(registry: Registry): CountMail {
  const mails = new Counter({
    name: 'mails_total',
    help: 'Attempts to send an e-mail, by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const outcome of MAIL_OUTCOMES) mails.inc({ outcome }, 0)
  return (outcome) => mails.inc({ outcome })
}

/**
 * Adds the metrics of the process itself: processor, memory, event loop, garbage collection. This
 * measurement continues until the process ends.
 */
export function measureProcess({ registry }: Pick<Metrics, 'registry'>): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 })
}
