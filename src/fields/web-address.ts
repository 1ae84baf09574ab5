import type { TextField, TextFieldSingleValidation } from 'payload'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

/** A link that people follow: http(s) alone, 500 characters at most or as many as are said. */
export function webAddress(name: string, { length = 500, ...options }: FieldOptions & { length?: number } = {}): TextField {
  return text(name, length, { ...options, validate: isWebAddress })
}

const isWebAddress: TextFieldSingleValidation = (value) => {
  if (value === null || value === undefined || value === '') return true
  const url = URL.canParse(value) ? new URL(value) : null
  return (url && /^https?:$/.test(url.protocol)) || 'must be an address that starts with https:// or http://'
}
