import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Settings } from '../../env.ts'
import { HttpServer } from '../http-server.ts'
import { type Metrics, measureProcess } from './metrics.ts'

/** The port of the metrics server, null if there is none, and a function to stop it. */
export type MetricsServer = { port: number | null; stop: () => Promise<void> }

type MetricsSettings = Pick<Settings, 'METRICS_HOST' | 'METRICS_PORT'>

/** Scrapes are small, infrequent and local. */
const LIMITS = {
  requestTimeout: 5_000,
  headersTimeout: 2_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8_192,
} as const
const MAX_CONNECTIONS = 20
const IDLE_TIMEOUT_MS = 5_000

/**
 * Serves GET /metrics for Prometheus on a separate port, without authentication: keep the port on
 * loopback or in a private network. Measurement of the process itself starts here. METRICS_PORT=0
 * turns metrics off. If the port is not available, this is reported and the product runs without.
 */
export async function serveMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  { METRICS_HOST, METRICS_PORT }: MetricsSettings,
  print: (line: string) => void,
): Promise<MetricsServer> {
  if (METRICS_PORT === 0) return NO_METRICS
  const server = new HttpServer((req, res) => void answerScrape(registry, req, res), {
    limits: LIMITS,
    maxConnections: MAX_CONNECTIONS,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
  })
  const problem = await server.listen(METRICS_PORT, METRICS_HOST).then(
    () => null,
    (error: NodeJS.ErrnoException) => error,
  )
  if (problem) {
    print(`Warning: ${describeListenProblem(problem, METRICS_HOST, METRICS_PORT)}`)
    return NO_METRICS
  }
  measureProcess({ registry })
  return { port: (server.node.address() as AddressInfo).port, stop: () => server.stop(0) }
}

const NO_METRICS: MetricsServer = { port: null, stop: () => Promise.resolve() }

function describeListenProblem(
  { code, message }: NodeJS.ErrnoException,
  host: string,
  port: number,
): string {
  const wayOut = 'METRICS_PORT=0 turns metrics off.'
  if (code === 'EADDRINUSE')
    return (
      `METRICS_PORT ${port} on ${host} is already in use, so this process has no metrics. ` +
      `Choose another port, such as METRICS_PORT=${port === 65_535 ? port - 1 : port + 1}; ` +
      `${wayOut}`
    )
  return (
    `Metrics cannot be served at METRICS_HOST ${host}, METRICS_PORT ${port}: ${message}. ` +
    `Set an address of this machine and a free port; ${wayOut}`
  )
}

async function answerScrape(
  registry: Metrics['registry'],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.url?.split('?')[0] !== '/metrics')
    return sendText(res, 404, 'The metrics are at /metrics.\n')
  if (req.method !== 'GET')
    return sendText(res, 405, 'Use GET to read the metrics.\n', { allow: 'GET' })
  try {
    sendText(res, 200, await registry.metrics(), { 'content-type': registry.contentType })
  } catch (error) {
    sendText(res, 500, `The metrics could not be read: ${(error as Error).message}\n`)
  }
}

function sendText(
  res: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  const always = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  res.writeHead(status, { ...always, ...headers }).end(text)
}
