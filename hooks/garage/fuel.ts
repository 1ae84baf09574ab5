import {
  type CollectionBeforeChangeHook,
  type CollectionBeforeValidateHook,
  ValidationError,
} from 'payload'
import { countPlaces } from '../../src/domain/exact-number.ts'
import { computeChargingTotal } from '../../src/domain/fuel-cost.ts'
import {
  findFuelGradeProblem,
  findFuelUnitProblem,
  parseFuelGrade,
  parseFuelType,
} from '../../src/garage/domain/fuel-types.ts'
import { divideExactly } from '../../src/garage/domain/ratio.ts'
import { addWarnings } from '../add-warnings.ts'

type Fuel = {
  fuelType?: unknown
  fuelGrade?: unknown
  volumeUnit?: unknown
}

const STORED_PLACES = 3
/** Charging stations give prices and amounts with up to four decimal places. */
const MAX_ENTERED_PLACES = 4

/** Stores the type and grade of a fuel as they are listed. Leaves other texts as they are. */
export const normalizeFuel: CollectionBeforeValidateHook = ({ data }) => {
  const { fuelType, fuelGrade } = (data ?? {}) as Fuel
  const type = parseFuelType(fuelType)
  const grade = type && typeof fuelGrade === 'string' ? parseFuelGrade(type, fuelGrade) : null
  return { ...data, ...(type && { fuelType: type }), ...(grade && { fuelGrade: grade }) }
}

/**
 * Rounds kWh and prices per kWh with four decimal places to the three that are stored, with a
 * warning. A total that is not entered is computed from the values before they are rounded.
 */
export const roundElectricity: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const log = { ...originalDoc, ...data } as Record<string, unknown>
  if (!data || parseFuelType(log['fuelType']) !== 'electricity') return data
  const fields = (['fuelUnits', 'costPerUnit'] as const).filter((field) => isTooLong(data[field]))
  if (fields.length === 0) return data
  const rounded = fields.map((field) => [field, roundStored(data[field] as number)] as const)
  addWarnings(
    req,
    rounded.map(([field, value]) => ({
      field,
      code: 'rounded',
      message: `${field} ${data[field]} is stored as ${value}: ${STORED_PLACES} decimal places`,
    })),
  )
  const { fuelUnits, costPerUnit, totalCost } = log
  const total =
    typeof fuelUnits === 'number' &&
    typeof costPerUnit === 'number' &&
    typeof totalCost !== 'number'
      ? { totalCost: computeChargingTotal(fuelUnits, costPerUnit) }
      : {}
  return { ...data, ...Object.fromEntries(rounded), ...total }
}

const isTooLong = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && countPlaces(value) === MAX_ENTERED_PLACES

const roundStored = (value: number): number =>
  divideExactly(
    Math.round(value * 10 ** MAX_ENTERED_PLACES),
    10 ** MAX_ENTERED_PLACES,
    STORED_PLACES,
  )

/**
 * A grade must belong to the type of its fuel, and the unit that an amount was entered in must
 * measure it. Old rows that have another grade can still be edited.
 */
export const checkFuel: CollectionBeforeChangeHook = ({ data, operation, originalDoc, req }) => {
  const before = operation === 'update' ? (originalDoc as Fuel) : undefined
  const errors = [findGradeError(data, before), findUnitError(data)].filter(
    (error) => error !== null,
  )
  if (errors.length === 0) return data
  throw new ValidationError({ collection: 'fuel-logs', errors }, req.t)
}

function findUnitError({ fuelType, volumeUnit }: Fuel) {
  const message = findFuelUnitProblem(fuelType, volumeUnit)
  return message === null ? null : { path: 'volumeUnit', message }
}

function findGradeError({ fuelType, fuelGrade }: Fuel, before: Fuel | undefined) {
  const isUnchanged = fuelGrade === before?.fuelGrade && fuelType === before?.fuelType
  if (isUnchanged || typeof fuelGrade !== 'string' || fuelGrade.trim() === '') return null
  const message = findFuelGradeProblem(typeof fuelType === 'string' ? fuelType : null, fuelGrade)
  return message === null ? null : { path: 'fuelGrade', message }
}
