import type { Reading, ReadingConflict } from './odometer.ts'
import { type DistanceUnit, UNIT_NAMES, fromMiles } from './units.ts'

const SOURCES = {
  fuel: 'in the fuel log from',
  maintenance: 'in the maintenance log from',
  owner: 'entered on the vehicle on',
} as const

/** The label of the checkbox that keeps a reading although it does not fit. */
export const CONFIRM_LABEL = 'This reading is correct as entered'

/**
 * Explains a conflict between a reading and its neighbors, in the unit that the reading was entered
 * in, and how to resolve it. The sentence follows the name of the field.
 */
export function describeReadingConflict(
  reading: Pick<Reading, 'miles' | 'day'>,
  { before, after }: ReadingConflict,
  unit: DistanceUnit,
): string {
  const format = (miles: number) => `${fromMiles(miles, unit)} ${UNIT_NAMES[unit]}`
  const describe = ({ miles, source, day }: Reading) => `${format(miles)} ${SOURCES[source]} ${day}`
  const neighbors =
    before && after
      ? `does not fit between ${describe(before)} and ${describe(after)}`
      : before
        ? `does not fit after ${describe(before)}`
        : after
          ? `does not fit before ${describe(after)}`
          : 'is more than vehicles drive'
  return (
    `${format(reading.miles)} on ${reading.day} ${neighbors}. Correct the wrong reading, or ` +
    `keep this one by checking “${CONFIRM_LABEL}” (in the API, confirmOdometer: true)`
  )
}
