import type { Plugin } from 'payload'
import { listFuelTypes } from './endpoints/fuel-types.ts'
import { listVehicleFuelLogs } from './endpoints/vehicle-fuel-logs.ts'
import { getVehicleStats } from './endpoints/vehicle-stats.ts'

/** The endpoints of the garage, and those of one vehicle, under /api/vehicles/:id. */
export const garagePlugin = (): Plugin => (config) => {
  const endpoints = [listFuelTypes]
  const vehicleEndpoints = [getVehicleStats, listVehicleFuelLogs]
  return {
    ...config,
    endpoints: [...(config.endpoints ?? []), ...endpoints],
    collections: (config.collections ?? []).map((collection) =>
      collection.slug === 'vehicles'
        ? { ...collection, endpoints: [...(collection.endpoints || []), ...vehicleEndpoints] }
        : collection,
    ),
  }
}
