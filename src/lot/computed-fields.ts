import type { NumberField } from 'payload'
import { permissions } from '../access/permissions.ts'
import { computed } from '../fields/computed.ts'
import { third } from '../fields/layout.ts'
import { money } from '../fields/money.ts'
import { wholeNumber } from '../fields/numbers.ts'
import { isTimeZone } from '../domain/calendar.ts'

/**
 * The days that a car has been on the lot, counted in the dealership's calendar: 0 on the day it
 * was listed. A sold car keeps the days until its sale. Null if it was never listed.
 */
export function daysOnLot(timeZone: string): NumberField {
  if (!isTimeZone(timeZone)) throw new Error(`${timeZone} is not an IANA time zone.`)
  const toDay = (instant: string) => `(${instant} at time zone '${timeZone}')::date`
  const field = wholeNumber('daysOnLot', { label: 'Days on lot', ...third })
  return computed(field, {
    sql: (car) => {
      const end = `case when ${car}.status = 'sold' then ${car}.sold_at else now() end`
      return `${toDay(end)} - ${toDay(`${car}.listed_at`)}`
    },
    read: permissions.isStaff,
  })
}

/** The price minus what we paid, in the currency of the lot; below 0 for a loss. */
export const margin: NumberField = computed(
  money('margin', { ...third, description: 'The price minus the cost.' }),
  { sql: (car) => `${car}.price - ${car}.cost`, read: permissions.canSeeCost },
)
