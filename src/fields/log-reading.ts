import type { NumberField, NumberFieldSingleValidation } from 'payload'

type Readings = { odometer?: unknown; tripDistance?: unknown }

const isMissing = (value: unknown): boolean => value === null || value === undefined

/**
 * The odometer or the trip distance of a fuel log, of which a log needs one. A new log without both
 * is refused at its odometer; later, the one that is removed is. Old rows without both can still be
 * edited.
 */
export function oneOfTheReadings(field: NumberField): NumberField {
  const isOdometer = field.name === 'odometer'
  const other = isOdometer ? 'trip distance' : 'odometer'
  const checkNumber = field.validate as NumberFieldSingleValidation
  const validate: NumberFieldSingleValidation = (value, about) => {
    const { odometer, tripDistance } = about.siblingData as Readings
    if (!isMissing(value) || !isMissing(isOdometer ? tripDistance : odometer))
      return checkNumber(value, about)
    const isRequired = about.operation === 'update' ? !isMissing(about.previousValue) : isOdometer
    return isRequired ? `is required when there is no ${other}. Enter one of the two` : true
  }
  return { ...field, validate } as NumberField
}
