'use client'
import { useCurrencySign } from '../ui/use-money-format.ts'

/** The sign of the lot's currency in the input of an amount. */
export function CurrencySign() {
  const sign = useCurrencySign()
  return (
    <span aria-hidden className="money-field__sign" data-length={sign.length}>
      {sign}
    </span>
  )
}
