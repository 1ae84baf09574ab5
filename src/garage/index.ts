import type { CollectionConfig, Endpoint, Plugin } from 'payload'
import type { Settings } from '../env.ts'
import { withTables } from '../database/with-tables.ts'
import {
  createCalendarFeed,
  getCalendar,
  getCalendarFeed,
  revokeCalendarFeed,
} from './endpoints/calendar-feed.ts'
import { getOwnerDue, getVehicleDue } from './endpoints/due.ts'
import { getMaintenanceSubtypes } from './endpoints/maintenance-subtypes.ts'
import { garageTables } from './tables.ts'

/** What the garage computes from the owners' rows: what is due, and their calendars. */
export const garagePlugin =
  (settings: Settings): Plugin =>
  (config) => {
    const thresholds = { days: settings.DUE_SOON_DAYS, miles: settings.DUE_SOON_MILES }
    const endpoints = [
      getOwnerDue(thresholds),
      getMaintenanceSubtypes,
      getCalendarFeed,
      createCalendarFeed,
      revokeCalendarFeed,
      getCalendar(thresholds),
    ]
    const ofVehicles = [getVehicleDue(thresholds)]
    return {
      ...withTables(config, garageTables),
      endpoints: [...(config.endpoints ?? []), ...endpoints],
      collections: (config.collections ?? []).map((collection) =>
        collection.slug === 'vehicles' ? addEndpoints(collection, ofVehicles) : collection,
      ),
    }
  }

const addEndpoints = (
  collection: CollectionConfig,
  endpoints: readonly Endpoint[],
): CollectionConfig => ({
  ...collection,
  endpoints: [...(collection.endpoints || []), ...endpoints],
})
