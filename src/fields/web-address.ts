import type { TextField, TextFieldSingleValidation } from 'payload'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

/** A link that people follow: http(s) alone, 500 characters at most. */
export function webAddress(name: string, options: FieldOptions = {}): TextField {
  return text(name, 500, { ...options, validate: isWebAddress })
}

const isWebAddress: TextFieldSingleValidation = (value) => {
  if (value === null || value === undefined || value === '') return true
  const url = URL.canParse(value) ? new URL(value) : null
  return (url && /^https?:$/.test(url.protocol)) || 'must be an address that starts with https:// or http://'
}
