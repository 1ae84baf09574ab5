'use client'
import { CheckboxField, useFormFields } from '@payloadcms/ui'
import type { CheckboxFieldClientComponent } from 'payload'
import { useState } from 'react'

/**
 * The confirmation of an odometer reading. Hidden until a reading is refused, and shown from then
 * on: the form forgets the error with the next change.
 */
export const ConfirmOdometer: CheckboxFieldClientComponent = (props) => {
  const isRefused = useFormFields(([fields]) =>
    [fields['odometer'], fields['odometerReading']].some((field) => field?.valid === false),
  )
  const isConfirmed = useFormFields(([fields]) => fields['confirmOdometer']?.value === true)
  const [wasRefused, setWasRefused] = useState(false)
  if (isRefused && !wasRefused) setWasRefused(true)
  return isRefused || wasRefused || isConfirmed ? <CheckboxField {...props} /> : null
}
