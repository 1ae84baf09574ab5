'use client'
import { useConfig } from '@payloadcms/ui'
import { useCallback } from 'react'
import { getCurrencySign } from '../../domain/money.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { formatAmount } from './format-figures.ts'

/** Returns the function that formats a decimal amount in the currency of the lot: `$24,500`. */
export function useMoneyFormat(): (amount: number) => string {
  const { config } = useConfig()
  const currency = getCurrency(config)
  return useCallback((amount) => formatAmount(amount, currency), [currency])
}

/** Returns the sign of the lot's currency: `$`. */
export function useCurrencySign(): string {
  const { config } = useConfig()
  return getCurrencySign(getCurrency(config))
}
