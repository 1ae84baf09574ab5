import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { OfflineDecoder } from '../../src/vin/adapters/offline/offline-decoder.ts'

/** Settings for decoding offline, with a database that is unpacked already. */
export type VinFolder = {
  settings: { DATA_DIR: string; VIN_OFFLINE: 'true' }
  remove: () => Promise<void>
}

/** Unpacks the vehicle database once, for every Forecourt that a spec opens. */
export async function prepareVinFolder(): Promise<VinFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-vin-'))
  const decoder = new OfflineDecoder({ folder: path.join(folder, 'vin') })
  await decoder.decode('1HGCM82633A004352', [2003])
  await decoder.close()
  return {
    settings: { DATA_DIR: folder, VIN_OFFLINE: 'true' },
    remove: () => rm(folder, { recursive: true }),
  }
}
