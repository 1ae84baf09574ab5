'use client'
import { useForm } from '@payloadcms/ui'
import { useEffect } from 'react'
import type { CompetitorAnswer } from './api-types.ts'

/** What a reading writes on the competitor, and nobody in the form. */
const RUN_FIELDS = [
  'updatedAt',
  'lastScrapedAt',
  'lastSuccessfulScrapeAt',
  'scrapeErrorType',
  'scrapeError',
]

/**
 * Keeps the form valid for saving while readings change the row: it takes over the newer
 * `updatedAt`, as long as everything that people can edit is as the form loaded it. A change by
 * somebody else is still refused as stale.
 */
export function useCurrentState(row: CompetitorAnswer | null): void {
  const { dispatchFields, getFields } = useForm()
  useEffect(() => {
    const fields = getFields()
    const { updatedAt } = fields
    if (!row || !updatedAt || toTimestamp(row.updatedAt) <= toTimestamp(updatedAt.value)) return
    const edited = Object.entries(row).filter(
      ([name]) => fields[name] && !RUN_FIELDS.includes(name),
    )
    if (edited.some(([name, value]) => !isSame(value, fields[name]?.initialValue))) return
    const current = { ...updatedAt, value: row.updatedAt, initialValue: row.updatedAt }
    dispatchFields({ type: 'UPDATE_MANY', formState: { updatedAt: current } })
  }, [row, dispatchFields, getFields])
}

const toTimestamp = (value: unknown) => new Date(value as string).getTime()
const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
