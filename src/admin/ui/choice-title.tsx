'use client'
import { useDocumentInfo, useDocumentTitle, useFormFields } from '@payloadcms/ui'
import { useEffect } from 'react'

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
  const { setDocumentTitle, title } = useDocumentTitle()
  const wanted = id !== undefined && typeof value === 'string' ? labels[value] : undefined
  // Payload sets its own title in an effect that runs after this one, so that ours follows later.
  useEffect(() => {
    if (!wanted || wanted === title) return undefined
    const later = setTimeout(() => setDocumentTitle(wanted))
    return () => clearTimeout(later)
  }, [setDocumentTitle, title, wanted])
  return null
}
