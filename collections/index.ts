import type { CollectionConfig, Plugin } from 'payload'
import { Engines } from './catalog/engines.ts'
import { Transmissions } from './catalog/transmissions.ts'
import { VehicleOptions } from './catalog/vehicle-options.ts'
import { MaintenanceSubtypes } from './catalog/maintenance-subtypes.ts'
import { Documents } from './garage/documents.ts'
import { FuelLogs } from './garage/fuel-logs.ts'
import { MaintenanceLogs } from './garage/maintenance-logs.ts'
import { MaintenanceSchedules } from './garage/maintenance-schedules.ts'
import { OwnershipCosts } from './garage/ownership-costs.ts'
import { Vehicles } from './garage/vehicles.ts'
import { Appraisals } from './lot/appraisals.ts'
import { Dealership } from './lot/dealership.ts'
import { Enquiries } from './lot/enquiries.ts'
import { Inventory } from './lot/inventory.ts'
import { Media } from './lot/media.ts'
import { PendingSubmissions } from './lot/pending-submissions.ts'
import { PriceBatches } from './lot/price-batches.ts'
import { PriceChanges } from './lot/price-changes.ts'
import { AdminUsers } from './people/admin-users.ts'
import { Sessions } from './people/sessions.ts'
import { TermsAgreements } from './people/terms-agreements.ts'
import { UserPreferences } from './people/user-preferences.ts'
import { UserProfiles } from './people/user-profiles.ts'
import { Users } from './people/users.ts'
import { CommunityStations } from './stations/community-stations.ts'
import { SavedStations } from './stations/saved-stations.ts'
import { Stations } from './stations/stations.ts'
import { ActivityLogs } from './system/activity-logs.ts'
import { AdminAuditLogs } from './system/admin-audit-logs.ts'
import { JobHistory } from './system/job-history.ts'
import { OutgoingMails } from './system/outgoing-mails.ts'
import { StorageAlerts } from './system/storage-alerts.ts'
import { NOT_YET_GROUP } from '../src/fields/not-yet.ts'

/** The tables that do not belong to a plugin, in sidebar order. */
export const collections: CollectionConfig[] = [
  Vehicles,
  FuelLogs,
  MaintenanceLogs,
  MaintenanceSchedules,
  OwnershipCosts,
  Documents,
  Stations,
  CommunityStations,
  SavedStations,
  Engines,
  Transmissions,
  VehicleOptions,
  MaintenanceSubtypes,
  Inventory,
  PriceChanges,
  PriceBatches,
  PendingSubmissions,
  Appraisals,
  Enquiries,
  Media,
  Dealership,
  UserProfiles,
  Users,
  AdminUsers,
  UserPreferences,
  TermsAgreements,
  ActivityLogs,
  AdminAuditLogs,
  JobHistory,
  OutgoingMails,
  StorageAlerts,
  Sessions,
]

/** The sidebar groups in order: business data first, background work next, the system last. */
const GROUPS = [
  'Garage',
  'Stations',
  'Catalog',
  'Lot',
  'Market',
  'Competitors',
  'Notifications',
  'Backups',
  'People',
  NOT_YET_GROUP,
  'System',
]

/**
 * Sorts the tables of all rooms by group. Within a group, they keep the order of their rooms. A
 * group that is not listed here comes last.
 */
export function sortForSidebar(): Plugin {
  const getRank = (group: unknown) =>
    typeof group === 'string' && GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length
  return (config) => ({
    ...config,
    collections: (config.collections ?? []).toSorted(
      (one, other) => getRank(one.admin?.group) - getRank(other.admin?.group),
    ),
  })
}
