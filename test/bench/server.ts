import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebReadable } from 'node:stream/web'
import express, { type Express } from 'express'
import { getPayload, handleEndpoints } from 'payload'
import { createApplication } from '../../src/server/application.ts'
import { toWebRequest } from '../../src/server/web-request.ts'
import { openTokenService } from '../support/owners.ts'
import { testSettings } from '../support/settings.ts'
import { buildSubject } from './garage.ts'
import { createHandWritten } from './hand-written.ts'
import type { Started } from './measure.ts'

/**
 * One server of the bench, a process of its own: `server.ts KIND DATABASE_URL`. Tells its port to
 * the process that made it, and tokens of twenty owners.
 */
const [kind = '', url = ''] = process.argv.slice(2)
const settings = testSettings({ DATABASE_URL: url, DB_POOL_MAX: '10' })

const owners = openTokenService()
const TOKENS = Array.from({ length: 20 }, (_, i) => owners.tokenFor(buildSubject(i + 1)))

const KINDS: Record<string, () => Promise<Express>> = {
  plain: createPlain,
  uncached: async () =>
    (await createApplication(settings, url, { publicReads: { answers: false, counts: false } }))
      .app,
  counted: async () =>
    (await createApplication(settings, url, { publicReads: { answers: false } })).app,
  cached: async () => (await createApplication(settings, url)).app,
  garage: async () =>
    (
      await createApplication(settings, url, {
        verifyToken: owners.verifyToken,
        hasReadCache: false,
      })
    ).app,
  'hand-written': async () => createHandWritten(url, { cached: false }),
  'hand-written-cached': async () => createHandWritten(url, { cached: true }),
}

/** Payload's handler on Express, and nothing else. */
async function createPlain(): Promise<Express> {
  const { buildForecourtConfig } = await import('../../payload.config.ts')
  const config = buildForecourtConfig(settings)
  await getPayload({ config })
  const app = express()
  app.use('/api', async (req, res) => {
    const { status, headers, body } = await handleEndpoints({
      config,
      request: toWebRequest(req, res, settings.publicOrigin).request,
    })
    res.status(status).setHeaders(headers)
    await pipeline(Readable.fromWeb((body ?? new ReadableStream()) as WebReadable), res)
  })
  return app
}

const make = KINDS[kind]
if (!make)
  throw new Error(`There is no server ${kind}; there are ${Object.keys(KINDS).join(', ')}.`)
const server = (await make()).listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object')
    process.send?.({ port: address.port, tokens: TOKENS } satisfies Started)
})
process.on('disconnect', () => process.exit(0))
