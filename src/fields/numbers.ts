import type { NumberField, NumberFieldSingleValidation } from 'payload'
import { countPlaces } from '../domain/exact-number.ts'
import { type ColumnType, type FieldOptions, buildFieldBase } from './column.ts'

/** The options of every field of a number. */
export type NumberOptions = FieldOptions & {
  min?: number
  max?: number
  defaultValue?: number
  validate?: NumberFieldSingleValidation
}

const MAX_INTEGER = 2_147_483_647

/** A whole number: INTEGER. A fraction is refused with a 400. */
export function wholeNumber(name: string, options: NumberOptions = {}): NumberField {
  const checkInteger = (value: number) =>
    Number.isInteger(value) || `must be a whole number, not ${value}`
  return buildNumberField(
    name,
    { kind: 'integer' },
    { max: MAX_INTEGER, ...options },
    1,
    checkInteger,
  )
}

/** A whole number that may exceed 2,147,483,647, such as a size in bytes: BIGINT, exact to 2^53. */
export function bigNumber(name: string, options: NumberOptions = {}): NumberField {
  const checkInteger = (value: number) =>
    Number.isSafeInteger(value) || `must be a whole number, not ${value}`
  return buildNumberField(name, { kind: 'bigint' }, { min: 0, ...options }, 1, checkInteger)
}

/**
 * A decimal: NUMERIC(precision, scale), or NUMERIC alone. More places than `scale` are refused with
 * a 400, never rounded.
 */
export function decimal(
  name: string,
  options: NumberOptions & { precision?: number; scale?: number } = {},
): NumberField {
  const { precision, scale, ...rest } = options
  const places = scale ?? 3
  const checkPlaces = (value: number) =>
    countPlaces(value) <= places || `must have at most ${places} decimal places, not ${value}`
  const max = precision === undefined ? 1e12 : 10 ** (precision - places) - 10 ** -places
  const type = {
    kind: 'numeric' as const,
    ...(precision !== undefined && { precision, scale: places }),
  }
  return buildNumberField(name, type, { max, ...rest }, 10 ** -places, checkPlaces)
}

/** The number that the database assigns to each row: SERIAL. Read-only. */
export function serialId(): NumberField {
  const never = () => false
  return {
    type: 'number',
    name: 'id',
    label: 'Number',
    access: { create: never, update: never },
    admin: { hidden: true },
    custom: { column: { type: { kind: 'serial' } } },
  }
}

/**
 * Builds a field of a number: checks the range, then `rule`, then the field's own validation.
 * `step` is the step of the input.
 */
export function buildNumberField(
  name: string,
  type: ColumnType,
  { min, max, validate, defaultValue, ...options }: NumberOptions,
  step: number,
  rule: (value: number) => true | string,
): NumberField {
  const check: NumberFieldSingleValidation = async (value, about) => {
    if (value === null || value === undefined) return about.required ? 'is required' : true
    if (typeof value !== 'number' || !Number.isFinite(value))
      return `must be a number, not ${String(JSON.stringify(value)).slice(0, 40)}`
    if (min !== undefined && value < min) return `must be ${min} or more, not ${value}`
    if (max !== undefined && value > max) return `must be ${max} or less, not ${value}`
    const held = rule(value)
    return held === true && validate ? validate(value, about) : held
  }
  const base = buildFieldBase(name, { ...options, admin: { step, ...options.admin } }, { type })
  return {
    type: 'number',
    ...base,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(defaultValue !== undefined && { defaultValue }),
    validate: check,
  }
}
