import type { NumberField, NumberFieldSingleValidation } from 'payload'
import { countPlaces } from '../domain/exact-number.ts'
import { type ColumnType, type FieldOptions, fieldBase } from './column.ts'

type NumberOptions = FieldOptions & {
  least?: number
  most?: number
  defaultValue?: number
  validate?: NumberFieldSingleValidation
}

const INTEGER_MOST = 2_147_483_647

/** A whole number: INTEGER. A fraction is refused with a 400. */
export function wholeNumber(name: string, options: NumberOptions = {}): NumberField {
  const whole = (value: number) => Number.isInteger(value) || `must be a whole number, not ${value}`
  return numberField(name, { kind: 'integer' }, { most: INTEGER_MOST, ...options }, 1, whole)
}

/** An amount in the lot's currency, as a decimal with two places: NUMERIC(10,2). A third place is refused with a 400. */
export function money(name: string, options: NumberOptions = {}): NumberField {
  const twoPlaces = (value: number) => countPlaces(value) <= 2 || `must have two decimal places at most, not ${value}`
  return numberField(
    name,
    { kind: 'numeric', precision: 10, scale: 2 },
    { least: 0, most: 99_999_999.99, ...options },
    0.01,
    twoPlaces,
  )
}

/** A whole number beyond 2,147,483,647, such as a size in bytes: BIGINT, exact to 2^53. */
export function bigNumber(name: string, options: NumberOptions = {}): NumberField {
  const whole = (value: number) => Number.isSafeInteger(value) || `must be a whole number, not ${value}`
  return numberField(name, { kind: 'bigint' }, { least: 0, ...options }, 1, whole)
}

/** A decimal: NUMERIC(precision, scale), or NUMERIC alone. More places than `scale` are refused with a 400, never rounded. */
export function decimal(name: string, options: NumberOptions & { precision?: number; scale?: number } = {}): NumberField {
  const { precision, scale, ...rest } = options
  const places = scale ?? 3
  const holds = (value: number) => countPlaces(value) <= places || `must have ${places} decimal places at most, not ${value}`
  const most = precision === undefined ? 1e12 : 10 ** (precision - places) - 10 ** -places
  const type = { kind: 'numeric' as const, ...(precision !== undefined && { precision, scale: places }) }
  return numberField(name, type, { most, ...rest }, 10 ** -places, holds)
}

/** The number that the database gives each row: SERIAL. Nobody sets it. */
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

function numberField(
  name: string,
  type: ColumnType,
  { least, most, validate, defaultValue, ...options }: NumberOptions,
  step: number,
  rule: (value: number) => true | string,
): NumberField {
  const check: NumberFieldSingleValidation = async (value, about) => {
    if (value === null || value === undefined) return about.required ? 'is required' : true
    if (typeof value !== 'number' || !Number.isFinite(value))
      return `must be a number, not ${String(JSON.stringify(value)).slice(0, 40)}`
    if (least !== undefined && value < least) return `must be ${least} or more, not ${value}`
    if (most !== undefined && value > most) return `must be ${most} or less, not ${value}`
    const held = rule(value)
    return held === true && validate ? validate(value, about) : held
  }
  const base = fieldBase(name, { ...options, admin: { step, ...options.admin } }, { type })
  return {
    type: 'number',
    ...base,
    ...(least !== undefined && { min: least }),
    ...(most !== undefined && { max: most }),
    ...(defaultValue !== undefined && { defaultValue }),
    validate: check,
  }
}
