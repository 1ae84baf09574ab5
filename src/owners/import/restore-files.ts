import { APIError, type PayloadRequest } from 'payload'
import { normalizeFileName } from '../../documents/domain/file-name.ts'
import { inspectBytes } from '../../documents/inspect-file.ts'
import {
  attachContent,
  describeContent,
  type NamedFile,
  removeContent,
  storeContent,
  toVehicleImage,
} from '../../documents/save-file.ts'
import type { FileParent, StoredContent } from '../../documents/store/attached-files.ts'
import { FILE_BYTES, formatSize } from '../../uploads/body-limits.ts'
import type { AccountImport } from './account-import.ts'
import { type Attachment, listAttachments } from './archived-files.ts'

/** A checked file of an archive, with the row of the archive that it belongs to. */
export type CheckedFile = { parent: FileParent; content: StoredContent }

/**
 * Checks every file of the archive as an upload is checked, and stores it; a preview stores
 * nothing. This is before the transaction, because images take seconds to decode. Throws a 413 or
 * 415 for a file that is not accepted, unless such files are left out.
 */
export async function storeFiles(account: AccountImport): Promise<CheckedFile[]> {
  const { archive, outcome, req, settings } = account
  const { attachments, unnamed } = listAttachments(archive)
  outcome.files.skipped += unnamed
  const checked: CheckedFile[] = []
  for (const attachment of attachments) {
    const file = await checkFile(req, attachment).catch((error: unknown) => {
      leaveOut(account, attachment, error)
      return null
    })
    if (file === null) continue
    const content =
      settings.mode === 'preview' ? describeContent(file) : await storeContent(req, file)
    if (settings.mode !== 'preview') account.stored.push(content)
    checked.push({ parent: attachment.parent, content })
  }
  return checked
}

async function checkFile(
  req: PayloadRequest,
  { entry, fileName, parent }: Attachment,
): Promise<NamedFile> {
  if (entry.bytes > FILE_BYTES)
    throw new APIError(`It is too large: the limit is ${formatSize(FILE_BYTES)}.`, 413)
  const inspected = await inspectBytes(req, await entry.open())
  if (parent.collection !== 'vehicles')
    return { fileName: normalizeFileName(fileName, inspected.type), inspected }
  const image = toVehicleImage(inspected)
  if (image === null) throw new APIError('It is not an image.', 415)
  return image
}

/** Notes why a file is not accepted. Throws if such files refuse the import, and other errors. */
function leaveOut(
  { outcome, settings }: AccountImport,
  { entry }: Attachment,
  error: unknown,
): void {
  if (!(error instanceof APIError) || ![413, 415].includes(error.status)) throw error
  const file = `files/${entry.id}/${entry.name}`
  if (!settings.skipRefusedFiles) {
    const message =
      `Nothing was imported, because of ${JSON.stringify(file)} in the archive: ` +
      `${error.message} To import everything else, add skipRefusedFiles=true to the URL.`
    throw new APIError(message, error.status, { file }, true)
  }
  outcome.files.refused.push({ file, reasons: [error.message] })
}

/** Adds the files to their rows, unless the rows have them. */
export async function attachFiles(
  account: AccountImport,
  files: readonly CheckedFile[],
): Promise<void> {
  const { req, db, outcome, unneeded } = account
  for (const { content, parent } of files) {
    const row = account.findRow(parent)
    const isNew = row !== null && (await attachContent(req, db, row, content)).isNew
    if (isNew) outcome.files.added++
    else {
      unneeded.push(content)
      if (row === null) outcome.files.skipped++
      else outcome.files.known++
    }
  }
}

/** Removes stored files that no row names. */
export async function removeFiles(
  { req, settings }: AccountImport,
  files: readonly StoredContent[],
): Promise<void> {
  if (settings.mode === 'preview') return
  for (const content of files) await removeContent(req, content)
}
