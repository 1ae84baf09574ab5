'use client'
import { useConfig, useDocumentInfo, useForm } from '@payloadcms/ui'
import { fetchAnswer } from '../ui/api.ts'
import { isAsLoaded } from '../ui/form-version.ts'

/** The fields that the server changes when files and logs change. */
const MOVED_FIELDS = ['updatedAt', 'odometerReading']

/** These, and the columns that repeat a file, which the form never writes. */
const SERVER_FIELDS = [
  ...MOVED_FIELDS,
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
 * Returns the function that keeps the form savable after a file or a log changed its row: it adopts
 * the newer `updatedAt` and odometer if everything else that the form edits is still as it was
 * loaded. An odometer that the user has entered stays.
 */
export function useNewVersion(collection: string, id: string): () => Promise<void> {
  const { config } = useConfig()
  const { dispatchFields, getFields } = useForm()
  const { data, hasSavePermission, setData } = useDocumentInfo()
  return async () => {
    if (!hasSavePermission) return
    const address = `${config.routes.api}/${collection}/${encodeURIComponent(id)}`
    const result = await fetchAnswer<Record<string, unknown>>(address)
    const fields = getFields()
    if ('problem' in result) return
    const { answer: row } = result
    if (!isAsLoaded(row, fields, SERVER_FIELDS)) return
    const moved = MOVED_FIELDS.flatMap((name) => {
      const field = fields[name]
      if (!field || field.value !== field.initialValue) return []
      return [[name, { ...field, value: row[name], initialValue: row[name] }] as const]
    })
    dispatchFields({ type: 'UPDATE_MANY', formState: Object.fromEntries(moved) })
    // Payload compares the row with this one, and would ask to reload the form.
    setData({ ...data, ...Object.fromEntries(moved.map(([name]) => [name, row[name]])) })
  }
}
