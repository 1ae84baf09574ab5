'use client'
import { useForm } from '@payloadcms/ui'
import { COMPUTED_FIGURES, isAsLoaded } from '../../../src/admin/ui/form-version.ts'
import type { PriceChange } from './use-price-change.ts'

/** The fields that a change of the price changes. */
const PRICE_FIELDS = ['price', 'updatedAt', 'updatedBy', ...COMPUTED_FIGURES]

/**
 * Returns the function that adopts a price, which was changed on the server, in the open form of
 * the car. Other edits stay. If someone else has changed another field meanwhile, the form stays
 * outdated, so that saving it is refused.
 */
export function useFormPrice(): (change: PriceChange) => void {
  const { dispatchFields, getFields } = useForm()
  return ({ to, car }) => {
    const fields = getFields()
    const adopt = (name: string, value: unknown) => ({
      [name]: { ...fields[name], value, initialValue: value },
    })
    const isCurrent = isAsLoaded(car, fields, PRICE_FIELDS)
    const figures = COMPUTED_FIGURES.filter((name) => name in car)
    dispatchFields({
      type: 'UPDATE_MANY',
      formState: {
        ...adopt('price', to),
        ...Object.assign({}, ...figures.map((name) => adopt(name, car[name]))),
        ...(isCurrent && adopt('updatedAt', car.updatedAt)),
      },
    })
  }
}
