import type { TextField } from 'payload'
import { normalizePlate, findPlateProblem } from '../domain/license-plate.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

/** The license plate of an owner's vehicle: VARCHAR(20), normalized (hooks/garage/vehicle.ts). */
export function licensePlate(options: FieldOptions = {}): TextField {
  const validate = (value: unknown) =>
    typeof value === 'string' && value !== '' ? (findPlateProblem(value) ?? true) : true
  return text('licensePlate', 20, {
    label: 'License plate',
    validate,
    normalize: normalizePlate,
    ...options,
  })
}
