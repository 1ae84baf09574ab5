'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { PriceChangeReason } from '../../../src/domain/price-change.ts'
import { sendCommand } from '../../../src/admin/ui/api.ts'

/** The row of a car as the API returns it. */
type CarRow = Readonly<Record<string, unknown>> & { updatedAt: string }

/** A price that was just changed, and the car after that. */
export type PriceChange = {
  from: number
  to: number
  car: CarRow
}

type Requested = {
  from: number
  to: number
  reason: PriceChangeReason
  note?: string
}

/**
 * Returns the function that changes the price of a car if the price is still `from`, whether a
 * request is running, and what went wrong; the function then resolves to null.
 */
export function usePriceChange(car: string): {
  changePrice: (requested: Requested) => Promise<PriceChange | null>
  sending: boolean
  problem: string | null
} {
  const { config } = useConfig()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const changePrice = async ({ from, to, reason, note }: Requested) => {
    setSending(true)
    const result = await sendCommand<{ doc: CarRow }>(
      `${config.routes.api}/inventory/${encodeURIComponent(car)}/price`,
      { price: to, expectedPrice: from, reason, ...(note && { note }) },
    )
    setSending(false)
    setProblem('problem' in result ? result.problem : null)
    return 'problem' in result ? null : { from, to, car: result.answer.doc }
  }
  return { changePrice, sending, problem }
}
