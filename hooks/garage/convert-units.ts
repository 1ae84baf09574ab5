import type { CollectionBeforeOperationHook } from 'payload'
import { type MeasuredFields, convertEntered } from '../../src/garage/domain/entered-units.ts'

/**
 * Converts what a write enters in the units of its `distanceUnit` and `volumeUnit` to those of the
 * columns, miles and US gallons. Runs before Payload adds the values of the stored row, which are
 * in these already.
 */
export const convertUnits =
  (fields: MeasuredFields): CollectionBeforeOperationHook =>
  ({ args, operation }) => {
    if (operation !== 'create' && operation !== 'update') return args
    const { data } = args as { data?: unknown }
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return args
    return { ...args, data: convertEntered(data as Readonly<Record<string, unknown>>, fields) }
  }
