import { createLocalReq, type Payload, type Where } from 'payload'
import type { FileStorage } from '../storage/file-storage.ts'
import { isUploadName } from './file-names.ts'
import { getFileNames, type UploadRow } from './stored-files.ts'
import type { SweptStorage } from './sweep-storage.ts'

/** The photos of a storage, for the sweep. */
export const buildUploadSweep = (payload: Payload, storage: FileStorage): SweptStorage => ({
  storage,
  isOurs: isUploadName,
  findNamed: (names) => findNamesWithRow(payload, names),
  files: 'photos',
  setting: 'MEDIA_DIR',
})

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
