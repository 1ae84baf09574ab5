import type { CheckboxField, SelectField } from 'payload'
import { CONFIRM_LABEL } from '../garage/domain/odometer-message.ts'
import { choice } from './choice.ts'
import { checkbox } from './text.ts'

/** A virtual field applies to one write; it is never stored and never returned. */
const perWrite = { disableListColumn: true, disableListFilter: true } as const

/** Payload makes virtual fields read-only in the panel unless they state otherwise. */
const CONFIRMATION = {
  readOnly: false,
  components: { Field: '/src/admin/garage/confirm-odometer.tsx#ConfirmOdometer' },
} as const

/**
 * The caller's confirmation that an odometer reading is correct although it does not fit the others
 * of its vehicle, for example after the odometer was replaced. Virtual.
 */
export function confirmOdometer(): CheckboxField {
  return {
    ...checkbox('confirmOdometer', {
      label: CONFIRM_LABEL,
      description:
        'Check this if you have verified the reading, for example because the odometer was ' +
        'replaced.',
      admin: { ...perWrite, ...CONFIRMATION },
    }),
    virtual: true,
  }
}

/** The unit in which the distances of a write are entered; miles by default. Virtual. */
export function distanceUnit(): SelectField {
  return {
    ...choice(
      'distanceUnit',
      10,
      { mi: 'Miles', km: 'Kilometers' },
      { hidden: true, admin: perWrite },
    ),
    virtual: true,
  }
}

/** The unit in which the fuel and price of a write are entered; US gallons by default. Virtual. */
export function volumeUnit(): SelectField {
  const units = { gal_us: 'US gallons', gal_uk: 'UK gallons', l: 'Liters', kwh: 'kWh' }
  return {
    ...choice('volumeUnit', 10, units, { hidden: true, admin: perWrite }),
    virtual: true,
  }
}
