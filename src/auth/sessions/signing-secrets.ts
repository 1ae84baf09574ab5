import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import type { Settings } from '../../env.ts'

/**
 * The secrets of signatures, as Payload derives them from the settings. The first one signs; each
 * of them verifies, so that a signature from before a rotation stays valid.
 */
export type SigningSecrets = readonly [current: string, ...previous: string[]]

/** The secrets of a running Forecourt: Payload's own, and the one before it if that is set. */
export const getSigningSecrets = ({
  config,
  secret,
}: Pick<Payload, 'config' | 'secret'>): SigningSecrets => [
  secret,
  ...(config.custom['previousSecrets'] as readonly string[]),
]

/** Derives the secrets that no longer sign, in the way that Payload derives `payload.secret`. */
export function derivePreviousSecrets({
  PAYLOAD_SECRET_PREVIOUS: previous,
}: Pick<Settings, 'PAYLOAD_SECRET_PREVIOUS'>): readonly string[] {
  if (!previous) return []
  return [createHash('sha256').update(previous).digest('hex').slice(0, 32)]
}
