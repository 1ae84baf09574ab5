import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import type { Settings } from '../env.ts'
import { withTables } from '../database/with-tables.ts'
import {
  createCalendarFeed,
  getCalendar,
  getCalendarFeed,
  revokeCalendarFeed,
} from './endpoints/calendar-feed.ts'
import { getOwnerDue, getVehicleDue } from './endpoints/due.ts'
import { exportVehicleHistory } from './endpoints/export.ts'
import { listFuelTypes } from './endpoints/fuel-types.ts'
import { importVehicleHistory } from './endpoints/import.ts'
import {
  getMaintenanceSubtypes,
  listMaintenanceSubtypes,
} from './endpoints/maintenance-subtypes.ts'
import { listVehicleFuelLogs } from './endpoints/vehicle-fuel-logs.ts'
import { getOwnerSummary, getProfileSummary } from './endpoints/summary.ts'
import { getVehicleStats } from './endpoints/vehicle-stats.ts'
import { garageTables } from './tables.ts'

/**
 * What the garage computes from the owners' rows: costs and fuel economy, what is due, and
 * calendars. The endpoints of one vehicle are under /api/vehicles/:id.
 */
export const garagePlugin =
  (settings: Settings): Plugin =>
  (config) => {
    const thresholds = { days: settings.DUE_SOON_DAYS, miles: settings.DUE_SOON_MILES }
    const endpoints = [
      listFuelTypes,
      listMaintenanceSubtypes,
      getMaintenanceSubtypes,
      getOwnerDue(thresholds),
      getOwnerSummary(thresholds),
      getCalendarFeed,
      createCalendarFeed,
      revokeCalendarFeed,
      getCalendar(thresholds),
    ]
    const vehicleEndpoints = [
      getVehicleStats,
      listVehicleFuelLogs,
      getVehicleDue(thresholds),
      importVehicleHistory,
      exportVehicleHistory(thresholds),
    ]
    return withEndpoints(withTables(config, garageTables), endpoints, {
      vehicles: vehicleEndpoints,
      'user-profiles': [getProfileSummary(thresholds)],
    })
  }
