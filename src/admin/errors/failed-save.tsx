'use client'
import { useForm, useFormProcessing, useFormSubmitted } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

/**
 * Keeps a form marked as modified after a rejected save. Payload 3.90 treats any response as saved:
 * Save is disabled, and leaving the page loses the changes without a warning. Every collection has
 * this component next to its document controls.
 */
export function FailedSave(): null {
  const { setModified } = useForm()
  const processing = useFormProcessing()
  const submitted = useFormSubmitted() // only after a rejected save
  const wasProcessing = useRef(processing)
  useEffect(() => {
    if (wasProcessing.current && !processing && submitted) setModified(true)
    wasProcessing.current = processing
  }, [processing, submitted, setModified])
  return null
}
