'use client'
import { SetStepNav, useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/** Sets the title and breadcrumb of a custom form, where Payload would show an untitled row. */
export function FormHeading({
  title,
  under,
}: {
  title: string
  under: { label: string; url: string }
}) {
  const { setDocumentTitle, title: currentTitle } = useDocumentTitle()
  useEffect(() => {
    if (currentTitle === title) return
    const afterPayload = setTimeout(() => setDocumentTitle(title))
    return () => clearTimeout(afterPayload)
  }, [currentTitle, setDocumentTitle, title])
  return <SetStepNav nav={[under, { label: title }]} />
}
