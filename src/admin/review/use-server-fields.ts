'use client'
import { useDocumentInfo, useForm } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type { PendingSubmission } from '../../generated/payload-types.ts'
import { isAsLoaded } from '../ui/form-version.ts'

/** The fields of a submission that the server sets and the form only shows. */
const SERVER_FIELDS = [
  'submissionStatus',
  'submittedAt',
  'reviewedAt',
  'reviewedBy',
  'rejectionReason',
  'question',
  'answer',
  'assignee',
  'stageChangedAt',
  'waitingSinceAt',
  'linkOpenedAt',
  'updatedAt',
]

/**
 * Adopts a newer state of a submission in its open form: what the server set is shown, and the form
 * stays savable unless somebody changed a fact that it edits. Edits of the user stay.
 */
export function useServerFields(submission: PendingSubmission | null): void {
  const { dispatchFields, getFields } = useForm()
  const { data, setData } = useDocumentInfo()
  const adopted = useRef<string | null>(null)
  useEffect(() => {
    if (submission === null || submission.updatedAt === adopted.current) return
    adopted.current = submission.updatedAt
    if (submission.updatedAt === data?.['updatedAt']) return
    const row: Record<string, unknown> = { ...submission }
    const fields = getFields()
    const isCurrent = isAsLoaded(row, fields, SERVER_FIELDS)
    const names = SERVER_FIELDS.filter(
      (name) => fields[name] && (isCurrent || name !== 'updatedAt'),
    )
    const formState = Object.fromEntries(
      names.map((name) => [name, { ...fields[name], value: row[name], initialValue: row[name] }]),
    )
    dispatchFields({ type: 'UPDATE_MANY', formState })
    setData({ ...data, ...Object.fromEntries(names.map((name) => [name, row[name]])) })
  }, [data, dispatchFields, getFields, setData, submission])
}
