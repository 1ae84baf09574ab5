'use client'
import { toast } from '@payloadcms/ui'
import { useState } from 'react'
import type { ReviewAction } from '../../review/domain/review-actions.ts'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import { AskDialog, RejectDialog } from './text-dialogs.tsx'
import type { SendStep } from './use-review.ts'

type Props = { review: ReviewAnswer; send: SendStep }
type DialogAction = Extract<ReviewAction, 'ask' | 'approve' | 'reject'>

const DIALOGS = { ask: AskDialog, approve: ApproveDialog, reject: RejectDialog } as const

/** The buttons for what the viewer can do now. */
export function ReviewActions({ review, send }: Props) {
  const [open, setOpen] = useState<DialogAction | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const { actions } = review
  const start = async () => {
    setIsBusy(true)
    const problem = await send('start-review')
    setIsBusy(false)
    if (problem !== null) toast.error(problem)
  }
  const Dialog = open && DIALOGS[open]
  if (!actions.includes('approve')) return null
  return (
    <div className="review__actions">
      {actions.includes('start') && (
        <button
          className="jobs__button"
          disabled={isBusy}
          onClick={() => void start()}
          type="button"
        >
          Start review
        </button>
      )}
      {actions.includes('ask') && (
        <button className="jobs__button" onClick={() => setOpen('ask')} type="button">
          Ask for information…
        </button>
      )}
      <button className="jobs__button" onClick={() => setOpen('reject')} type="button">
        Reject…
      </button>
      <button
        className="jobs__button jobs__button--first"
        onClick={() => setOpen('approve')}
        type="button"
      >
        Approve…
      </button>
      {Dialog && <Dialog onClose={() => setOpen(null)} review={review} send={send} />}
    </div>
  )
}
