import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import type { Account } from '../../access/identity.ts'
import { checkStorage, findLimitedOwner } from '../../auth/rate-limits/owner-limits.ts'
import { buildOwnerTag } from '../../cache/keys.ts'
import { getReadCache } from '../../cache/read-cache.ts'
import { RefusedImport } from '../../garage/imports/refused-import.ts'
import { getService } from '../../services.ts'
import { AccountImport, type AccountOutcome, type ImportMode } from './account-import.ts'
import { HISTORY_TABLES } from './archived-history.ts'
import type { Archive } from './read-archive.ts'
import { restorePreferences, restoreStations } from './restore-choices.ts'
import { restoreDocuments, restoreFiles } from './restore-documents.ts'
import { restoreHistories } from './restore-history.ts'
import { restoreVehicles, trashVehicles } from './restore-vehicles.ts'

/**
 * Imports the export of an account in one transaction: everything or nothing. A preview does the
 * same and rolls it back, so it says exactly what an import would do; it stores no files.
 */
export async function importAccount(
  callerReq: PayloadRequest,
  { subject }: Account,
  archive: Archive,
  mode: ImportMode,
): Promise<AccountOutcome> {
  const { payload, user } = callerReq
  const req = await createLocalReq({ ...(user && { user }) }, payload)
  const account = new AccountImport(req, subject, archive, mode)
  await initTransaction(req)
  try {
    await restoreAccount(account)
    if (findLimitedOwner(callerReq) !== null) await checkStorage(req, subject, true)
    await (mode === 'preview' ? killTransaction : commitTransaction)(req)
  } catch (error) {
    await killTransaction(req)
    await removeStoredFiles(account)
    throw explainRefusedRow(error)
  }
  await getReadCache(payload).invalidate([buildOwnerTag(subject)])
  return account.outcome
}

/** The tables that are restored; the others are left out on purpose. */
const RESTORED_TABLES: readonly string[] = [
  'user-preferences',
  'vehicles',
  ...HISTORY_TABLES,
  'documents',
  'saved-stations',
]

async function restoreAccount(account: AccountImport): Promise<void> {
  for (const [table, rows] of account.archive.tables)
    account.count(table).skipped = RESTORED_TABLES.includes(table) ? 0 : rows.length
  if (account.mode === 'replace') await trashVehicles(account)
  await restorePreferences(account)
  await restoreVehicles(account)
  await restoreHistories(account)
  await restoreDocuments(account)
  await restoreStations(account)
  await restoreFiles(account)
  await account.trashRestored()
}

async function removeStoredFiles({ req, storedKeys }: AccountImport): Promise<void> {
  const { owners } = getService(req.payload, 'storages')
  for (const key of storedKeys) await owners.remove(key)
}

/** A vehicle or document that breaks a rule refuses the whole import, and nothing is lost. */
function explainRefusedRow(error: unknown): unknown {
  if (!(error instanceof ValidationError)) return error
  return new RefusedImport(`Nothing was imported. ${error.message}`, { errors: error.data.errors })
}
