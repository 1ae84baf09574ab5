'use client'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import '../ui/job-table.css'
import '../ui/jobs.css'

type Props = {
  title: string
  confirm: string
  children: ReactNode
  /** Sends what was entered. Returns why it was refused, or null, which closes the dialog. */
  onConfirm: (values: FormData) => Promise<string | null>
  onClose: () => void
}

/**
 * Asks for what a step needs, over the screen. It stands outside the form of the submission, which
 * it does not submit; a refused step keeps it open with the reason.
 */
export function ReviewDialog({ title, confirm, children, onConfirm, onClose }: Props) {
  const heading = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const send = async (form: HTMLFormElement) => {
    setIsBusy(true)
    const refusal = await onConfirm(new FormData(form))
    setIsBusy(false)
    setProblem(refusal)
    if (refusal === null) onClose()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    void send(event.currentTarget)
  }
  return createPortal(
    <dialog aria-labelledby={heading} className="review-dialog" onClose={onClose} ref={dialog}>
      <form onSubmit={submit}>
        <h2 id={heading}>{title}</h2>
        {children}
        {problem && (
          <p className="jobs__problem" role="alert">
            {problem}
          </p>
        )}
        <div className="input-form__buttons">
          <button className="jobs__button jobs__button--first" disabled={isBusy} type="submit">
            {isBusy ? 'Sending…' : confirm}
          </button>
          <button className="jobs__button" onClick={onClose} type="button">
            Cancel
          </button>
        </div>
      </form>
    </dialog>,
    document.body,
  )
}
