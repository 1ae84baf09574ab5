import type { Endpoint } from 'payload'
import type { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { limitKey } from '../../../src/auth/rate-limits/request-limits.ts'
import { findStaffId } from '../../../src/audit/audited-action.ts'
import { withTimeLimit } from '../../../src/egress/time-limit.ts'
import { formatServer } from '../adapters/server-failure.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { FEEDS, type FeedName } from '../domain/feed-names.ts'
import type { ExportOptions } from '../options.ts'
import { findReceiver } from '../runs/connect.ts'
import { loadFeedSecrets } from '../runs/feed-secrets.ts'
import { findFolder } from '../runs/send-file.ts'
import { loadDeliverySettings } from '../store/delivery-settings.ts'
import type { RequestContext } from '../store/query.ts'
import { CONNECTION_TEST, FEED_PARAMS } from './delivery-schemas.ts'

type TestResult = z.infer<typeof CONNECTION_TEST>

const TEST_MS = 25_000
const FINGERPRINT = /SHA256:[\w+/]{43}|\b(?:[\dA-F]{2}:){31}[\dA-F]{2}\b/

/**
 * POST /api/exports/:feed/test: connects to the server of a feed as a delivery would, signs in and
 * lists the folder. Sends and changes nothing. What went wrong is a result, not an error.
 */
export const createTestEndpoint = (options: ExportOptions): Endpoint =>
  endpoint({
    method: 'post',
    path: '/exports/:feed/test',
    summary: 'Tests the connection to the server of a feed',
    access: callers.managers('feeds'),
    params: FEED_PARAMS,
    response: describeJson('What the test saw.', CONNECTION_TEST),
    refusals: [401, 403, 404, 429],
    handler: async ({ req }, { params: { feed } }) => {
      await limitKey(req, 'test-feed', findStaffId(req) ?? '')
      return testConnection(req, feed, options)
    },
  })

async function testConnection(
  context: RequestContext,
  feed: FeedName,
  options: ExportOptions,
): Promise<TestResult> {
  try {
    return await withTimeLimit({ milliseconds: TEST_MS }, (signal) =>
      connectOnce(context, feed, options, signal),
    )
  } catch (error) {
    if (error instanceof DeliveryFailure) return describeProblem(error)
    if (error instanceof Error && error.name === 'TimeLimitExceeded')
      return {
        ok: false,
        message: `The server did not finish within ${TEST_MS / 1_000} s.`,
        fingerprint: null,
      }
    throw error
  }
}

const describeProblem = ({ message }: DeliveryFailure): TestResult => ({
  ok: false,
  message,
  fingerprint: FINGERPRINT.exec(message)?.[0] ?? null,
})

async function connectOnce(
  context: RequestContext,
  feed: FeedName,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<TestResult> {
  const settings = await loadDeliverySettings(context, feed)
  const { delivery } = settings
  const done = (message: string) => ({ ok: true, message, fingerprint: null })
  if (delivery === 'none') return { ...done(`Choose how ${FEEDS[feed]} is delivered.`), ok: false }
  if (delivery === 'pull')
    return done('The receiver fetches this feed; there is no server to test.')
  if (delivery === 'folder') return done(`The cars are written to ${findFolder(feed, options)}.`)
  const secrets = await loadFeedSecrets(context, feed)
  const { channel, server } = await findReceiver(feed, settings, secrets, options)
  const { files, fingerprint } = await channel.test(server, signal)
  const count = files === 1 ? '1 file' : `${files} files`
  return {
    ok: true,
    message: `Signed in to ${formatServer(server)} as ${server.user}. The folder has ${count}.`,
    fingerprint,
  }
}
