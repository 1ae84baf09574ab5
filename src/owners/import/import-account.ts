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
import { mayBeCommitted } from '../../uploads/stored-files.ts'
import { AccountImport, type AccountOutcome, type ImportSettings } from './account-import.ts'
import { FILES_TABLE } from './archived-files.ts'
import { HISTORY_TABLES } from './archived-history.ts'
import type { Archive } from './read-archive.ts'
import { restorePreferences, restoreStations } from './restore-choices.ts'
import { restoreDocuments } from './restore-documents.ts'
import { attachFiles, type CheckedFile, removeFiles, storeFiles } from './restore-files.ts'
import { restoreHistories } from './restore-history.ts'
import { restoreVehicles, trashVehicles } from './restore-vehicles.ts'

/**
 * Imports the export of an account: everything or nothing. A preview does the same and rolls it
 * back, so it says exactly what an import would do; it stores no files.
 */
export async function importAccount(
  callerReq: PayloadRequest,
  { subject }: Account,
  archive: Archive,
  settings: ImportSettings,
): Promise<AccountOutcome> {
  const { payload, user } = callerReq
  const req = await createLocalReq({ ...(user && { user }) }, payload)
  const account = new AccountImport(req, subject, archive, settings)
  try {
    await restoreInTransaction(account, await storeFiles(account))
  } catch (error) {
    if (!mayBeCommitted(error)) await removeFiles(account, account.stored)
    throw explainRefusedRow(error)
  }
  await removeFiles(account, account.unneeded)
  await getReadCache(payload).invalidate([buildOwnerTag(subject)])
  return account.outcome
}

async function restoreInTransaction(
  account: AccountImport,
  files: readonly CheckedFile[],
): Promise<void> {
  const { req, settings, subject } = account
  await initTransaction(req)
  try {
    await restoreAccount(account, files)
    if (findLimitedOwner(req) !== null) await checkStorage(req, subject, true)
    await (settings.mode === 'preview' ? killTransaction : commitTransaction)(req)
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

/** The tables that are restored; the others are left out on purpose. */
const RESTORED_TABLES: readonly string[] = [
  'user-preferences',
  'vehicles',
  ...HISTORY_TABLES,
  'documents',
  'saved-stations',
]

async function restoreAccount(
  account: AccountImport,
  files: readonly CheckedFile[],
): Promise<void> {
  for (const [table, rows] of account.archive.tables)
    if (table !== FILES_TABLE)
      account.count(table).skipped = RESTORED_TABLES.includes(table) ? 0 : rows.length
  if (account.settings.mode === 'replace') await trashVehicles(account)
  await restorePreferences(account)
  await restoreStations(account)
  // A vehicle in the trash may have the VIN of one that is not, so it is moved there first.
  account.listTrashed(true)
  await restoreGarage(account)
  const isFound = ({ parent }: CheckedFile) => account.findRow(parent) !== null
  await attachFiles(account, files.filter(isFound))
  await account.trashRestored()
  const others = files.filter((file) => !isFound(file))
  account.listTrashed(false)
  await restoreGarage(account)
  await attachFiles(account, others)
  await account.trashRestored()
}

async function restoreGarage(account: AccountImport): Promise<void> {
  await restoreVehicles(account)
  await restoreHistories(account)
  await restoreDocuments(account)
}

/** A vehicle or document that breaks a rule refuses the whole import, and nothing is lost. */
function explainRefusedRow(error: unknown): unknown {
  if (!(error instanceof ValidationError)) return error
  return new RefusedImport(`Nothing was imported. ${error.message}`, { errors: error.data.errors })
}
