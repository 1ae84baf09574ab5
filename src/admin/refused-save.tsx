'use client'
import { useForm, useFormProcessing, useFormSubmitted } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

/**
 * Keeps a form unsaved after its save was refused. Payload 3.90 counts it as saved once there is a
 * response: Save is disabled then, and leaving the page loses what was typed without a warning.
 * Every collection has it beside its document controls.
 */
export function RefusedSave(): null {
  const { setModified } = useForm()
  const processing = useFormProcessing()
  const submitted = useFormSubmitted() // after a refused save alone
  const wasProcessing = useRef(processing)
  useEffect(() => {
    if (wasProcessing.current && !processing && submitted) setModified(true)
    wasProcessing.current = processing
  }, [processing, submitted, setModified])
  return null
}
