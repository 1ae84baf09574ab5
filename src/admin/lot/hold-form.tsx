'use client'
import { useState } from 'react'
import type { SendCommand } from './send-command.ts'
import { WorkField, WorkSubmit } from './work-fields.tsx'

type Props = { isBusy: boolean; onSend: SendCommand }

/** Asks until when and for whom, and puts the car on hold. */
export function HoldForm({ isBusy, onSend }: Props) {
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  const send = () => void onSend({ ...(until && { until }), ...(note.trim() && { note }) })
  return (
    <div className="stock-work__form">
      <WorkField
        hint="The last day. Without one, the car stays on hold."
        label="Until"
        onChange={setUntil}
        type="date"
        value={until}
      />
      <WorkField hint="For staff only." label="For whom" onChange={setNote} value={note} />
      <WorkSubmit isBusy={isBusy} isReady label="Put on hold" onSubmit={send} />
    </div>
  )
}
