'use client'
import { useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useRowTitle } from './use-row-title.ts'

type Props = {
  /** The name of the field whose label is the title. */
  source: string
  /** The labels of its choices by value. */
  labels: Readonly<Record<string, string>>
}

/** Shows the label of a choice as the title of a saved row. Shows nothing itself. */
export function ChoiceTitle({ source, labels }: Props) {
  const { id } = useDocumentInfo()
  const value = useFormFields(([fields]) => fields[source]?.value)
  const isSaved = id !== undefined && typeof value === 'string'
  useRowTitle(isSaved ? (labels[value] ?? null) : null)
  return null
}
