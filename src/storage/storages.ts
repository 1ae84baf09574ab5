import path from 'node:path'
import type { Settings } from '../env.ts'
import { createDiskStorage } from './disk.ts'
import { withFallback } from './fallback.ts'
import type { FileStorage } from './file-storage.ts'
import { createLazyStorage } from './lazy.ts'

declare module '../services.ts' {
  interface Services {
    storages: Storages
  }
}

/**
 * The areas of the storage: photos of the lot, files of owners, photos of stations, and delivered
 * feeds.
 */
export const AREAS = ['media', 'owners', 'stations', 'feeds'] as const
export type Area = (typeof AREAS)[number]

/** The storage of each area. */
export type Storages = Readonly<Record<Area, FileStorage>>

type StorageSettings = Pick<
  Settings,
  | 'STORAGE'
  | 'DATA_DIR'
  | 'MEDIA_DIR'
  | 'S3_ENDPOINT'
  | 'S3_BUCKET'
  | 'S3_REGION'
  | 'S3_ACCESS_KEY_ID'
  | 'S3_SECRET_ACCESS_KEY'
  | 'S3_PREFIX'
>

/**
 * The storages in the settings. If S3 is configured, files that are only in the other one of the
 * two are read from there, so that they can be moved while Forecourt runs.
 */
export function createStorages(settings: StorageSettings): Storages {
  const { disk, s3 } = createBackends(settings)
  if (!s3) return disk
  const [primary, secondary] = settings.STORAGE === 's3' ? [s3, disk] : [disk, s3]
  return {
    media: withFallback(primary.media, secondary.media),
    owners: withFallback(primary.owners, secondary.owners),
    stations: withFallback(primary.stations, secondary.stations),
    feeds: withFallback(primary.feeds, secondary.feeds),
  }
}

/** The storages on the disk and in S3, each on its own; `s3` is null if it is not configured. */
export function createBackends(settings: StorageSettings): { disk: Storages; s3: Storages | null } {
  const disk = {
    media: createDiskStorage(settings.MEDIA_DIR),
    owners: createDiskStorage(path.join(settings.DATA_DIR, 'files'), { mode: 0o700 }),
    stations: createDiskStorage(path.join(settings.DATA_DIR, 'stations'), { mode: 0o700 }),
    feeds: createDiskStorage(path.join(settings.DATA_DIR, 'feeds'), { mode: 0o700 }),
  }
  return { disk, s3: createS3Storages(settings) }
}

/** The SDK is loaded with the first request to S3. */
function createS3Storages(settings: StorageSettings): Storages | null {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = settings
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null
  const options = {
    endpoint,
    bucket,
    region: settings.S3_REGION,
    accessKeyId,
    secretAccessKey,
    prefix: settings.S3_PREFIX,
  }
  let opened: Promise<(folder: string) => FileStorage> | undefined
  const open = (folder: string) => {
    opened ??= import('./s3/s3-storage.ts').then(({ openS3 }) => openS3(options))
    return opened.then((openFolder) => openFolder(folder))
  }
  const label = `bucket ${bucket}`
  return {
    media: createLazyStorage(label, () => open('media/')),
    owners: createLazyStorage(label, () => open('owners/')),
    stations: createLazyStorage(label, () => open('stations/')),
    feeds: createLazyStorage(label, () => open('feeds/')),
  }
}
