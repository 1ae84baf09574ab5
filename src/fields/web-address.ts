import type { TextField, TextFieldSingleValidation } from 'payload'
import { findWebAddressProblem } from '../domain/web-address.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'
import { allowUnchanged } from './allow-unchanged.ts'

/**
 * A URL of a web page: http(s) only, at most 500 characters unless specified. An unchanged value
 * stays valid.
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
