import type { NumberField } from 'payload'
import { centsToAmount, MAX_CENTS } from '../domain/money.ts'
import { countPlaces } from '../domain/exact-number.ts'
import { buildNumberField, type NumberOptions } from './numbers.ts'

/** How the panel shows an amount in the currency of the lot: with its sign, in forms and lists. */
const IN_LOT_CURRENCY = {
  className: 'money-field',
  components: {
    beforeInput: ['/src/admin/fields/currency-sign.tsx#CurrencySign'],
    Cell: '/src/admin/lot/figure-cells.tsx#MoneyCell',
  },
}

/** How lists show an amount in the currency of the owner of the row. */
const IN_OWNER_CURRENCY = {
  components: { Cell: '/src/admin/garage/figure-cells.tsx#OwnerMoneyCell' },
}

/**
 * An amount in the currency of the lot (the setting CURRENCY), as a decimal with two places:
 * NUMERIC(10,2). More places are refused with a 400. `inOwnerCurrency` is for amounts that owners
 * enter in their own currency: lists show it, forms have no sign.
 */
export function money(
  name: string,
  { inOwnerCurrency = false, ...options }: NumberOptions & { inOwnerCurrency?: boolean } = {},
): NumberField {
  const checkPlaces = (value: number) =>
    countPlaces(value) <= 2 || `must have at most two decimal places, not ${value}`
  return buildNumberField(
    name,
    { kind: 'numeric', precision: 10, scale: 2 },
    {
      min: 0,
      max: centsToAmount(MAX_CENTS),
      ...options,
      admin: { ...(inOwnerCurrency ? IN_OWNER_CURRENCY : IN_LOT_CURRENCY), ...options.admin },
    },
    0.01,
    checkPlaces,
  )
}
