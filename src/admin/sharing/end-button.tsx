'use client'
import { useState } from 'react'
import '../ui/jobs.css'

type Props = {
  /** What the button says, what it asks for a screen reader, and what confirms it. */
  label: string
  question: string
  confirm: string
  isBusy: boolean
  onEnd: () => void
}

/** Asks before it ends something: only the owners can agree on it again. */
export function EndButton({ label, question, confirm, isBusy, onEnd }: Props) {
  const [asks, setAsks] = useState(false)
  if (!asks)
    return (
      <button
        aria-label={question}
        className="jobs__button"
        disabled={isBusy}
        onClick={() => setAsks(true)}
        type="button"
      >
        {label}
      </button>
    )
  return (
    <span aria-label={question} className="vehicle-sharing__question" role="group">
      <button autoFocus className="jobs__button" disabled={isBusy} onClick={onEnd} type="button">
        {confirm}
      </button>
      <button className="jobs__button" onClick={() => setAsks(false)} type="button">
        Keep
      </button>
    </span>
  )
}
