import type { SanitizedConfig } from 'payload'

/**
 * Whether owners can sign in: their identity provider is configured. The configuration holds this
 * under `custom.acceptsOwners`.
 */
export const acceptsOwners = ({ custom }: Pick<SanitizedConfig, 'custom'>): boolean =>
  custom['acceptsOwners'] === true
