'use client'
import { useState } from 'react'
import '../ui/jobs.css'

/** Asks before it removes: a file has no trash. */
export function RemoveButton({ name, onRemove }: { name: string; onRemove: () => void }) {
  const [asks, setAsks] = useState(false)
  if (!asks)
    return (
      <button
        aria-label={`Remove ${name}`}
        className="jobs__button"
        onClick={() => setAsks(true)}
        type="button"
      >
        Remove
      </button>
    )
  return (
    <span
      aria-label={`Remove ${name} permanently?`}
      className="attached-files__question"
      role="group"
    >
      Permanently?
      <button autoFocus className="jobs__button" onClick={onRemove} type="button">
        Yes, remove
      </button>
      <button className="jobs__button" onClick={() => setAsks(false)} type="button">
        Keep
      </button>
    </span>
  )
}
