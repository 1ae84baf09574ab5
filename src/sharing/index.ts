import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import { withTables } from '../database/with-tables.ts'
import type { OwnerFiles } from '../owners/files.ts'
import { acceptShare, endShare, listShares, shareVehicle } from './endpoints/shares.ts'
import {
  createAcceptTransfer,
  endTransfer,
  listTransfers,
  offerVehicle,
} from './endpoints/transfers.ts'
import { getVehicleSharing, removeOffer, removeShare } from './endpoints/vehicle-sharing.ts'
import { sharingTables } from './tables.ts'

/**
 * How owners give others access to a vehicle by consent: shares with a viewer or editor, and the
 * transfer to another owner. What a guest may do is decided in src/access.
 */
export const sharingPlugin =
  (files: OwnerFiles): Plugin =>
  (config) => {
    const endpoints = [
      listShares,
      acceptShare,
      endShare,
      listTransfers,
      createAcceptTransfer(files),
      endTransfer,
    ]
    const vehicleEndpoints = [
      shareVehicle,
      offerVehicle,
      getVehicleSharing,
      removeShare,
      removeOffer,
    ]
    return withEndpoints(withTables(config, sharingTables), endpoints, {
      vehicles: vehicleEndpoints,
    })
  }
