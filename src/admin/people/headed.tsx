'use client'
import { SetStepNav, useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/**
 * Says what stands above a form of ours where Payload would write that a row has no title yet, and
 * where it is in the panel.
 */
export function Headed({ title, under }: { title: string; under: { label: string; url: string } }) {
  const { setDocumentTitle, title: currentTitle } = useDocumentTitle()
  useEffect(() => {
    if (currentTitle === title) return
    const afterPayload = setTimeout(() => setDocumentTitle(title))
    return () => clearTimeout(afterPayload)
  }, [currentTitle, setDocumentTitle, title])
  return <SetStepNav nav={[under, { label: title }]} />
}
