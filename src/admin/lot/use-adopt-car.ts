'use client'
import { useForm } from '@payloadcms/ui'
import { COMPUTED_FIGURES, isAsLoaded } from '../ui/form-version.ts'

/** The row of a car as the API returns it. */
export type CarRow = Readonly<Record<string, unknown>> & { title: string; updatedAt: string }

/** The fields that selling, holding and pricing a car change. */
const CHANGED = [
  'status',
  'price',
  'soldAt',
  'soldPrice',
  'heldUntilDate',
  'buyerNote',
  ...COMPUTED_FIGURES,
]
/** Those that every write changes, and the one that the form never sends. */
const STAMPS = ['updatedAt', 'updatedBy', 'createdAt']

/**
 * Returns the function that shows a car, which was changed on the server, in its open form. Other
 * edits stay. If someone else has changed another field meanwhile, the form stays outdated, so that
 * saving it is refused.
 */
export function useAdoptCar(): (car: CarRow) => void {
  const { dispatchFields, getFields } = useForm()
  return (car) => {
    const fields = getFields()
    const names = isAsLoaded(car, fields, [...CHANGED, ...STAMPS])
      ? [...CHANGED, 'updatedAt']
      : CHANGED
    const formState = Object.fromEntries(
      names
        .filter((name) => name in car)
        .map((name) => [name, { ...fields[name], value: car[name], initialValue: car[name] }]),
    )
    dispatchFields({ type: 'UPDATE_MANY', formState })
  }
}
