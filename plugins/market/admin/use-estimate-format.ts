'use client'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { amountToCents, centsToAmount } from '../../../src/domain/money.ts'
import { roundEstimate } from '../domain/estimate.ts'

/** Returns the function that formats an estimated amount, rounded to fifty units: `$24,550`. */
export function useEstimateFormat(): (amount: number) => string {
  const formatPrice = useMoneyFormat()
  return (amount) => formatPrice(centsToAmount(roundEstimate(amountToCents(amount))))
}
