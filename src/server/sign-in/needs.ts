import type { Payload, SanitizedConfig } from 'payload'
import type { VerifyToken } from '../../access/owner-tokens.ts'
import type { ProviderWatch } from '../../owners/tokens/away.ts'
import type { WriteTracker } from '../../database/request-writes.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'

/** What signing in is made of. */
export type Needs = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  writes: WriteTracker
  provider: ProviderWatch
  verifyToken: VerifyToken
}
