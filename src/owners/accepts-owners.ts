import type { SanitizedConfig } from 'payload'

/**
 * Whether owners can sign in here: their identity provider is set. Kept in the configuration under
 * `custom.takesOwners`.
 */
export const acceptsOwners = ({ custom }: Pick<SanitizedConfig, 'custom'>): boolean =>
  custom['takesOwners'] === true
