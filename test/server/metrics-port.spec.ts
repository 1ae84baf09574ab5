import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { listWarnings } from '../../src/env.ts'
import { createMetrics } from '../../src/server/metrics/metrics.ts'
import { serveMetrics } from '../../src/server/metrics/serve.ts'
import { scrapeMetrics } from '../support/scrape.ts'
import { testSettings } from '../support/settings.ts'

describe('the port', () => {
  it('answers GET /metrics and nothing else, until it is stopped', async () => {
    const metrics = createMetrics()
    const { port, stop } = await serveMetrics(
      metrics,
      { METRICS_HOST: '127.0.0.1', METRICS_PORT: await findFreePort() },
      () => undefined,
    )
    const ask = (path: string, method = 'GET') =>
      fetch(`http://127.0.0.1:${port}${path}`, { method })
    expect((await scrapeMetrics(port)).get('public_reads_total{answer="kept"}')).toBe(0)
    const post = await ask('/metrics', 'POST')
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await ask('/metrics?name=x')).status).toBe(200)
    expect((await ask('/')).status).toBe(404)
    expect((await ask('/api/users', 'DELETE')).status).toBe(404)
    await stop()
    await expect(ask('/metrics')).rejects.toThrow()
  })

  it('that is taken is said with the way out, and the product goes on without metrics', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const heard: string[] = []
    const none = await serveMetrics(
      createMetrics(),
      { METRICS_HOST: '127.0.0.1', METRICS_PORT: port },
      (line) => heard.push(line),
    )
    other.close()
    expect(none.port).toBeNull()
    await none.stop()
    expect(heard).toEqual([
      expect.stringContaining(`Warning: METRICS_PORT ${port} on 127.0.0.1 is already in use`),
    ])
    expect(heard[0]).toContain(`METRICS_PORT=${port + 1}`)
  })

  it('on an address that is not of this machine stops nothing either', async () => {
    const heard: string[] = []
    const METRICS_PORT = await findFreePort()
    const none = await serveMetrics(
      createMetrics(),
      { METRICS_HOST: '192.0.2.1', METRICS_PORT },
      (line) => heard.push(line),
    )
    expect(none.port).toBeNull()
    expect(heard).toEqual([
      expect.stringContaining('Warning: Metrics cannot be served at METRICS_HOST 192.0.2.1'),
    ])
  })

  it('0 is none, in silence', async () => {
    const heard: string[] = []
    const none = await serveMetrics(
      createMetrics(),
      { METRICS_HOST: '127.0.0.1', METRICS_PORT: 0 },
      (line) => heard.push(line),
    )
    expect([none.port, heard]).toEqual([null, []])
  })

  it('that others can reach is warned of at start, unless there is none', () => {
    const open = { METRICS_HOST: '0.0.0.0' }
    const about = (environment: Record<string, string>) =>
      listWarnings(testSettings(environment)).filter((result) => result.includes('METRICS'))
    expect(about(open)).toEqual([expect.stringContaining('METRICS_HOST is 0.0.0.0')])
    expect(about({ ...open, METRICS_PORT: '0' })).toEqual([])
    expect(about({})).toEqual([])
  })
})
