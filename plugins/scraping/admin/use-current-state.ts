'use client'
import { useForm } from '@payloadcms/ui'
import { useEffect } from 'react'
import { isAsLoaded } from '../../../src/admin/ui/form-version.ts'
import type { CompetitorAnswer } from './api-types.ts'

/** The fields that only runs write, never the form. */
const RUN_FIELDS = [
  'updatedAt',
  'lastScrapedAt',
  'lastSuccessfulScrapeAt',
  'scrapeErrorType',
  'scrapeError',
]

/**
 * Keeps the form savable while runs change the row: adopts the newer `updatedAt` if all editable
 * values are still as the form loaded them. A change by another user is still refused as stale.
 */
export function useCurrentState(row: CompetitorAnswer | null): void {
  const { dispatchFields, getFields } = useForm()
  useEffect(() => {
    const fields = getFields()
    const { updatedAt } = fields
    if (!row || !updatedAt || toTimestamp(row.updatedAt) <= toTimestamp(updatedAt.value)) return
    if (!isAsLoaded({ ...row }, fields, RUN_FIELDS)) return
    const current = { ...updatedAt, value: row.updatedAt, initialValue: row.updatedAt }
    dispatchFields({ type: 'UPDATE_MANY', formState: { updatedAt: current } })
  }, [row, dispatchFields, getFields])
}

const toTimestamp = (value: unknown) => new Date(value as string).getTime()
