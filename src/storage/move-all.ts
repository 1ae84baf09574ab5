import type { Payload } from 'payload'
import { withExclusiveLock } from '../database/exclusive-lock.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import type { Settings } from '../env.ts'
import { UserError } from '../user-error.ts'
import { moveFiles, type MoveResult } from './move-files.ts'
import { StorageError } from './storage-error.ts'
import { AREAS, createBackends } from './storages.ts'

/**
 * Moves the files of every area to one of the two storages. `onFile` is called after each file with
 * what was moved in its area so far. Throws UserError if S3 is not configured, if a storage cannot
 * list its files, or if another process is moving files: together they would take each other's
 * moved files for deleted ones.
 */
export async function moveAll(
  payload: Payload,
  settings: Settings,
  to: 's3' | 'disk',
  onFile?: (moved: MoveResult) => void,
): Promise<MoveResult> {
  const { disk, s3 } = createBackends(settings)
  if (!s3)
    throw new UserError(
      'S3 is not configured: nothing was moved. Set S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and ' +
        'S3_SECRET_ACCESS_KEY.',
    )
  const [source, target] = to === 's3' ? [disk, s3] : [s3, disk]
  const moved = await withExclusiveLock(
    getPostgresAdapter(payload).pool,
    'move files',
    async () => {
      const all: MoveResult = { files: 0, bytes: 0, failures: [] }
      for (const area of AREAS) {
        const options = { from: source[area], to: target[area], ...(onFile && { onFile }) }
        const { files, bytes, failures } = await moveFiles(options).catch(explainFailure)
        all.files += files
        all.bytes += bytes
        all.failures.push(...failures)
      }
      return all
    },
  )
  if (moved) return moved
  throw new UserError('Another process is moving files now. Wait until it has ended.')
}

/** Throws a UserError for a storage that cannot be read at all. */
function explainFailure(error: unknown): never {
  if (!(error instanceof StorageError)) throw error
  throw new UserError(`${error.message} Correct that, then run the command again.`, {
    cause: error,
  })
}
