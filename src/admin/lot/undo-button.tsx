'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { sendCommand } from '../ui/api.ts'

type Props = {
  /** The ID of the bulk price change. */
  batch: string
  onUndone: () => void
}

/** Undoes a bulk price change, once, and says what it restored. */
export function UndoButton({ batch, onUndone }: Props) {
  const { config } = useConfig()
  const [isBusy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const undo = async () => {
    setBusy(true)
    const address = `${config.routes.api}/inventory/price-batches/${encodeURIComponent(batch)}/undo`
    const result = await sendCommand<{ message: string }>(address)
    setBusy(false)
    setProblem('problem' in result ? result.problem : null)
    if ('problem' in result) return
    setMessage(result.answer.message)
    onUndone()
  }
  return (
    <div className="undo-batch">
      {message === '' && (
        <button
          className="jobs__button"
          disabled={isBusy}
          onClick={() => void undo()}
          type="button"
        >
          {isBusy ? 'Undoing…' : 'Undo this change'}
        </button>
      )}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <p className="stock-work__message" role="status">
        {message}
      </p>
    </div>
  )
}
