import { createLocalReq, type Payload, type Where } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { BANNERS_FOLDER, findBannerCar } from '../photos/domain/banner-files.ts'
import { isSizeName, SIZES_FOLDER } from '../photos/domain/photo-sizes.ts'
import { findNamedPhotoFiles } from '../photos/store/photo-sizes.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { isUploadName } from './file-names.ts'
import { getFileNames, type UploadRow } from './stored-files.ts'
import type { SweptStorage } from './sweep-storage.ts'

/** The photos of a storage with their sizes and banners, for the sweep. */
export const buildUploadSweep = (payload: Payload, storage: FileStorage): SweptStorage => ({
  storage,
  isOurs: (key) => isUploadName(key) || isMadeFile(key),
  findNamed: async (names) => {
    const made = await findMadeFiles(payload, names.filter(isMadeFile))
    const uploads = names.filter(isUploadName)
    const found = uploads.length === 0 ? [] : await findNamesWithRow(payload, uploads)
    return new Set([...made, ...found])
  },
  files: 'photos',
  setting: 'MEDIA_DIR',
})

/** Whether a key is one that Forecourt gives to the sizes of photos, or to banners. */
const isMadeFile = (key: string): boolean =>
  (key.startsWith(SIZES_FOLDER) && isSizeName(key.slice(SIZES_FOLDER.length))) ||
  (key.startsWith(BANNERS_FOLDER) && findBannerCar(key.slice(BANNERS_FOLDER.length)) !== null)

async function findMadeFiles(payload: Payload, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const req = await createLocalReq({}, payload)
  return findNamedPhotoFiles(getTransaction(req).db, keys)
}

/**
 * Which of the files rows of any collection with uploads name, as the file itself or as one of its
 * sizes; those in the trash, too.
 */
async function findNamesWithRow(payload: Payload, names: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  const req = await createLocalReq({}, payload)
  for (const { config } of Object.values(payload.collections).filter(takesFiles)) {
    const where: Where = {
      or: listNameFields(config.upload.imageSizes ?? []).map((field) => ({
        [field]: { in: [...names] },
      })),
    }
    const { docs } = await payload.find({
      collection: config.slug,
      where,
      depth: 0,
      limit: 0,
      pagination: false,
      trash: true,
      overrideAccess: true,
      req,
    })
    for (const name of docs.flatMap((row) => getFileNames(row as UploadRow))) found.add(name)
  }
  return new Set(names.filter((name) => found.has(name)))
}

const takesFiles = ({ config }: { config: { upload?: unknown } }) => Boolean(config.upload)
const listNameFields = (sizes: readonly { name: string }[]) => [
  'filename',
  ...sizes.map(({ name }) => `sizes.${name}.filename`),
]
