'use client'
import { useConfig, useDocumentInfo, useForm } from '@payloadcms/ui'
import { fetchAnswer } from '../ui/api.ts'
import { isAsLoaded } from '../ui/form-version.ts'

/** The columns that repeat a file; the form never writes them. */
const SERVER_FIELDS = [
  'updatedAt',
  'fileName',
  'contentType',
  'fileSize',
  'fileHash',
  'storageBucket',
  'storageKey',
  'imageBucket',
  'imageKey',
]

/**
 * Returns the function that keeps the form savable after a file changed its row: it adopts the
 * newer `updatedAt` if everything that the form edits is still as it was loaded.
 */
export function useNewVersion(collection: string, id: string): () => Promise<void> {
  const { config } = useConfig()
  const { dispatchFields, getFields } = useForm()
  const { hasSavePermission } = useDocumentInfo()
  return async () => {
    if (!hasSavePermission) return
    const address = `${config.routes.api}/${collection}/${encodeURIComponent(id)}`
    const result = await fetchAnswer<Record<string, unknown>>(address)
    const fields = getFields()
    const { updatedAt } = fields
    if ('problem' in result || !updatedAt) return
    const { answer: row } = result
    if (!isAsLoaded(row, fields, SERVER_FIELDS)) return
    const current = { ...updatedAt, value: row['updatedAt'], initialValue: row['updatedAt'] }
    dispatchFields({ type: 'UPDATE_MANY', formState: { updatedAt: current } })
  }
}
