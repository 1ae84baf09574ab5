import type { Plugin } from 'payload'

/** The groups of the sidebar, in the order of the work: the trade first, what runs by itself after it, the system last. */
const GROUPS = [
  ...['Garage', 'Stations', 'Catalogue', 'Lot', 'Market', 'Competitors'],
  ...['Notifications', 'Backups', 'People', 'System'],
]

/** Sorts the tables of all rooms by their group; within one they stay as their rooms list them. A group that is not named here comes last. */
export function inSidebarOrder(): Plugin {
  const place = (group: unknown) => (typeof group === 'string' && GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length)
  return (config) => ({
    ...config,
    collections: (config.collections ?? []).toSorted((one, other) => place(one.admin?.group) - place(other.admin?.group)),
  })
}
