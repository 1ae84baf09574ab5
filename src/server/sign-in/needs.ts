import type { Payload, SanitizedConfig } from 'payload'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'

/** What signing in is made of. */
export type Needs = { payload: Payload; config: Promise<SanitizedConfig>; settings: Settings; watch: DatabaseWatch }
