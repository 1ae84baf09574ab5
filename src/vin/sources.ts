import path from 'node:path'
import type { Settings } from '../env.ts'
import { createEconomySource } from './adapters/fuel-economy.ts'
import { OfflineDecoder } from './adapters/offline/offline-decoder.ts'
import { createRecallSource } from './adapters/recalls.ts'
import { createVpicSource } from './adapters/vpic.ts'
import type { VinSources } from './vin-decoder.ts'

/** Creates the sources that the settings turn on. The thread of the offline one starts later. */
export function createVinSources(settings: Settings): VinSources {
  const { DATA_DIR, VIN_OFFLINE, VPIC_URL, FUEL_ECONOMY_URL, NHTSA_RECALLS_URL } = settings
  return {
    offline: VIN_OFFLINE ? new OfflineDecoder({ folder: path.resolve(DATA_DIR, 'vin') }) : null,
    vpic: VPIC_URL ? createVpicSource({ url: VPIC_URL }) : null,
    economy: FUEL_ECONOMY_URL ? createEconomySource({ url: FUEL_ECONOMY_URL }) : null,
    recalls: NHTSA_RECALLS_URL ? createRecallSource({ url: NHTSA_RECALLS_URL }) : null,
  }
}
