'use client'
import { useFormFields } from '@payloadcms/ui'
import { useState } from 'react'
import type { SendCommand } from './send-command.ts'
import { parseAmount } from './parse-amount.ts'
import { WorkField, WorkSubmit } from './work-fields.tsx'

type Props = { isBusy: boolean; onSend: SendCommand }

/** Asks for the new price and why, and changes it if nobody else did in the meantime. */
export function PriceForm({ isBusy, onSend }: Props) {
  const current = useFormFields(([fields]) => fields['price']?.initialValue)
  const [price, setPrice] = useState(typeof current === 'number' ? String(current) : '')
  const [note, setNote] = useState('')
  const amount = parseAmount(price)
  const send = () =>
    void onSend({
      price: amount,
      ...(typeof current === 'number' && { expectedPrice: current }),
      ...(note.trim() && { note }),
    })
  return (
    <div className="stock-work__form">
      <WorkField inputMode="decimal" label="New price" onChange={setPrice} value={price} />
      <WorkField
        hint="Kept in the history of the price."
        label="Reason"
        onChange={setNote}
        value={note}
      />
      <WorkSubmit
        isBusy={isBusy}
        isReady={amount !== null && amount !== current}
        label="Change price"
        onSubmit={send}
      />
    </div>
  )
}
