import type { TextField, TextFieldSingleValidation } from 'payload'
import { findWebAddressProblem } from '../domain/web-address.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'
import { allowUnchanged } from './allow-unchanged.ts'

/**
 * A link to a web page: http(s) only, 500 characters at most unless specified. A value that the row
 * already has stays valid.
 */
export function webAddress(
  name: string,
  { length = 500, ...options }: FieldOptions & { length?: number } = {},
): TextField {
  const field = text(name, length, { ...options, validate: isWebAddress })
  return { ...field, custom: { ...field.custom, format: 'web-address' } }
}

const isWebAddress: TextFieldSingleValidation = allowUnchanged(
  (value) => !value || (findWebAddressProblem(value) ?? true),
)
