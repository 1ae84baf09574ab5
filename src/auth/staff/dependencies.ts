import type { RequestHandler } from 'express'
import type { Payload, SanitizedConfig } from 'payload'
import type { VerifyToken } from '../owners/owner-tokens.ts'
import type { ObservedDatabase } from '../../database/observe-outage.ts'
import type { Settings } from '../../env.ts'

/** The dependencies of the sign-in routes. */
export type SignInDependencies = ObservedDatabase & {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  verifyToken: VerifyToken
  /** Creates an Express handler from a function from a web request to its response. */
  bridge: (respond: (request: Request) => Promise<Response>) => RequestHandler
}
