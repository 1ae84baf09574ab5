import type { RequestHandler } from 'express'
import { handleEndpoints, type SanitizedConfig } from 'payload'
import { withLooks } from '../audit/looks.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { decodeWarnings, WARNINGS_HEADER } from '../domain/warning.ts'
import type { ProviderWatch } from '../owners/tokens/away.ts'
import { gated } from './database-gate.ts'
import { refusal } from './refusal.ts'
import { unaskable } from './unaskable.ts'
import { sendWebResponse, toWebRequest } from './web-request.ts'

/** What a bridge needs to know: Payload's configuration, its database, and the origin that URLs are built from. */
export type BridgeOptions = {
  config: Promise<SanitizedConfig>
  watch: DatabaseWatch
  publicOrigin: string
  provider: ProviderWatch
}

/** Payload's REST API as an Express handler. Goes before every body parser. */
export function rest({ config, ...options }: BridgeOptions): RequestHandler {
  const handle = withLooks((request) => handleEndpoints({ config, request }))
  return bridge(options, async (request) => unaskable(request) ?? withWarnings(await handle(request)))
}

/** An Express handler over one that takes Web Requests: gated by the database, capped in size. */
export function bridge(
  { watch, publicOrigin, provider }: Omit<BridgeOptions, 'config'>,
  handle: (request: Request) => Promise<Response>,
): RequestHandler {
  const whileUp = gated(watch, provider.answering(handle, providerAway))
  return async (req, res) => {
    const { request, tooLarge } = toWebRequest(req, res, publicOrigin)
    if (tooLarge()) {
      res.setHeader('connection', 'close')
      return sendWebResponse(tooLong(), req, res)
    }
    const response = await whileUp(request).catch((error: Error) => {
      if (tooLarge()) return tooLong()
      throw error
    })
    await sendWebResponse(tooLarge() ? tooLong() : response, req, res)
  }
}

const providerAway = () =>
  refusal(503, 'The identity provider does not answer, so your token can not be checked. Try again in a moment.', {
    'retry-after': '5',
  })
const tooLong = () => refusal(413, 'The body is too large: 1 MB for JSON, 20 MB for a photo.')

/** Moves the warnings of hooks into the body, beside `doc`, and their words into its message, which the panel shows. */
async function withWarnings(response: Response): Promise<Response> {
  const header = response.headers.get(WARNINGS_HEADER)
  if (!header) return response
  response.headers.delete(WARNINGS_HEADER)
  if (!response.ok) return response
  const warnings = decodeWarnings(header)
  const body = (await response.json()) as { message?: string }
  const message = [body.message, ...warnings.map((warning) => `Please check: ${warning.message}.`)].join(' ')
  return Response.json({ ...body, message, warnings }, { status: response.status, headers: response.headers })
}
