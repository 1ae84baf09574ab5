import type { Payload, SanitizedConfig } from 'payload'
import type { VerifyToken } from '../../access/owner-tokens.ts'
import type { ProviderOutageTracker } from '../../owners/tokens/provider-outage.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'

/** The dependencies of the sign-in routes. */
export type SignInDependencies = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  writes: WriteTracker
  provider: ProviderOutageTracker
  verifyToken: VerifyToken
}
