import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import type { Settings } from '../../env.ts'
import { getService } from '../../services.ts'

declare module '../../services.ts' {
  interface Services {
    /** The derived secrets that verify what was signed before a rotation, and sign nothing. */
    previousSecrets: readonly string[]
  }
}

/**
 * The secrets of signatures, as Payload derives them from the settings. The first one signs; each
 * of them verifies, so that a signature from before a rotation stays valid.
 */
export type SigningSecrets = readonly [current: string, ...previous: string[]]

/** The secrets of a running Forecourt: Payload's own, and the one before it if that is set. */
export const getSigningSecrets = (payload: Pick<Payload, 'config' | 'secret'>): SigningSecrets => [
  payload.secret,
  ...getService(payload, 'previousSecrets'),
]

/** Derives the secrets that no longer sign, in the way that Payload derives `payload.secret`. */
export function derivePreviousSecrets({
  PAYLOAD_SECRET_PREVIOUS: previous,
}: Pick<Settings, 'PAYLOAD_SECRET_PREVIOUS'>): readonly string[] {
  if (!previous) return []
  return [createHash('sha256').update(previous).digest('hex').slice(0, 32)]
}
