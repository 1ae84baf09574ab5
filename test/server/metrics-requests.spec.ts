import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { type MetricsServer, serveMetrics } from '../../src/server/metrics/serve.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening } from '../support/http-listen.ts'
import { expectRises, scrapeMetrics } from '../support/scrape.ts'

let forecourt: TestForecourt
let product: Listening
let served: MetricsServer

beforeAll(async () => {
  forecourt = await openForecourt()
  served = await serveMetrics(
    forecourt.metrics,
    { METRICS_HOST: '127.0.0.1', METRICS_PORT: await findFreePort() },
    () => undefined,
  )
  product = await listenOnLoopback(forecourt.app)
})

afterAll(async () => {
  await product.close()
  await served.stop()
  await forecourt.close()
})

/** Asks the product as no client library would. Answers the status. */
function speak(method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const pending = request(
      { port: product.port, host: '127.0.0.1', method, path, agent: false },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    pending.once('error', reject).end()
  })
}

describe('requests', () => {
  it('are counted by method, kind of path and status, each once', async () => {
    const car = await saveCar(forecourt.payload)
    const action = async () => {
      for (const path of ['/api/inventory', '/api/inventory?limit=1', '/api/fuel-logs', '/healthz'])
        await speak('GET', path)
      await speak('GET', `/api/inventory/${car.id}`)
      await speak('GET', `/api/inventory/${randomUUID()}`)
      await speak('HEAD', '/api/inventory')
      await speak('GET', '/api/inventory/count')
      await speak('POST', '/api/users/login')
      await speak('GET', `/api/media/file/${randomUUID()}.webp`)
      await speak('POST', '/api/graphql')
    }
    await expectRises(served.port, 'http_requests_total', action, {
      '{method="GET",route="/api/inventory",status="200"}': 2,
      '{method="GET",route="/api/fuel-logs",status="403"}': 1,
      '{method="GET",route="/healthz",status="200"}': 1,
      '{method="GET",route="/api/inventory/:id",status="200"}': 1,
      '{method="GET",route="/api/inventory/:id",status="404"}': 1,
      '{method="HEAD",route="/api/inventory",status="200"}': 1,
      '{method="GET",route="/api/inventory/count",status="200"}': 1,
      '{method="POST",route="/api/users/login",status="400"}': 1,
      '{method="GET",route="/api/media/file/:name",status="404"}': 1,
      '{method="POST",route="/api/graphql",status="415"}': 1,
    })
  })

  it('have their time taken, as many as are counted', async () => {
    const act = async () =>
      void (await Promise.all(Array.from({ length: 7 }, () => speak('GET', '/readyz'))))
    await expectRises(served.port, 'http_request_duration_seconds_count', act, {
      '{method="GET",route="/readyz"}': 7,
    })
    const series = await scrapeMetrics(served.port)
    const all = series.get(
      'http_request_duration_seconds_bucket{le="+Inf",method="GET",route="/readyz"}',
    )
    expect(all).toBe(series.get('http_requests_total{method="GET",route="/readyz",status="200"}'))
  })

  it('that nobody knows share one series, whatever their paths and methods', async () => {
    const paths = Array.from({ length: 30 }, (_, i) => [
      `/${i}/wp-login.php`,
      `/api/no-such-table-${i}`,
      `/api/__proto__/${i}`,
    ]).flat()
    const sendRequests = async () => {
      for (const path of paths) await speak('GET', path)
      for (const method of ['PROPFIND', 'REPORT', 'TRACE']) await speak(method, '/nowhere')
      for (let i = 0; i < 20; i++) await speak('GET', `/api/inventory/part-${i}/of/a"path\\`)
    }
    await expectRises(served.port, 'http_request_duration_seconds_count', sendRequests, {
      '{method="GET",route="other"}': 90,
      '{method="OTHER",route="other"}': 3,
      '{method="GET",route="/api/inventory/*"}': 20,
    })
  })
})

describe('reads of the public', () => {
  it('are told apart by whether their answer was kept', async () => {
    const ask = () => speak('GET', '/api/inventory?limit=3')
    await saveCar(forecourt.payload)
    await expectRises(
      served.port,
      'public_reads_total',
      async () => (await ask(), await ask(), await ask()),
      {
        '{answer="made"}': 1,
        '{answer="kept"}': 2,
      },
    )
  })
})
