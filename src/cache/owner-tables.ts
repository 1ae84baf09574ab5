import { buildOwnerTag } from './keys.ts'

/**
 * The tables that answers about an owner's garage are built from. A trigger of each reports its
 * changes with the owner's tag (see the migration `tell_owner_changes`).
 */
export const OWNER_TABLES = [
  'vehicles',
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
  'ownership_costs',
  'documents',
  'user_preferences',
] as const

/** The tag that stands for every owner: a change that may concern any of them. */
export const EVERY_OWNER = buildOwnerTag('*')
