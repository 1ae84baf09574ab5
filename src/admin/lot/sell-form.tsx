'use client'
import { useFormFields } from '@payloadcms/ui'
import { useState } from 'react'
import type { SendCommand } from './send-command.ts'
import { parseAmount } from './parse-amount.ts'
import { WorkField, WorkSubmit } from './work-fields.tsx'

type Props = { isBusy: boolean; onSend: SendCommand }

/** Asks for the price, the day and a note about the buyer, and marks the car as sold. */
export function SellForm({ isBusy, onSend }: Props) {
  const listPrice = useFormFields(([fields]) => fields['price']?.value)
  const [price, setPrice] = useState(typeof listPrice === 'number' ? String(listPrice) : '')
  const [soldOn, setSoldOn] = useState('')
  const [note, setNote] = useState('')
  const amount = parseAmount(price)
  const send = () =>
    void onSend({
      price: amount,
      ...(soldOn && { soldOn }),
      ...(note.trim() && { buyerNote: note }),
    })
  return (
    <div className="stock-work__form">
      <WorkField inputMode="decimal" label="Sold for" onChange={setPrice} value={price} />
      <WorkField
        hint="Today if empty."
        label="Sold on"
        onChange={setSoldOn}
        type="date"
        value={soldOn}
      />
      <WorkField hint="For staff only." label="Buyer" onChange={setNote} value={note} />
      <WorkSubmit isBusy={isBusy} isReady={amount !== null} label="Mark as sold" onSubmit={send} />
    </div>
  )
}
