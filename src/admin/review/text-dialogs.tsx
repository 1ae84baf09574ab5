'use client'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { ReviewDialog } from './review-dialog.tsx'
import type { SendStep } from './use-review.ts'

/** The properties of every dialog about a submission. */
export type DialogProps = {
  review: ReviewAnswer
  send: SendStep
  onClose: () => void
}

/** Asks the customer for facts or photos. */
export function AskDialog({ review, send, onClose }: DialogProps) {
  return (
    <ReviewDialog
      confirm="Ask the customer"
      onClose={onClose}
      onConfirm={(values) => send('ask', { question: values.get('question') })}
      title="Ask for information"
    >
      <p className="review__empty">{describeMail(review, 'They answer and add photos there.')}</p>
      <TextField
        label="Question"
        name="question"
        placeholder="Please add a photo of the odometer and of the driver’s seat."
      />
    </ReviewDialog>
  )
}

/** Rejects a submission, for a reason. */
export function RejectDialog({ review, send, onClose }: DialogProps) {
  return (
    <ReviewDialog
      confirm="Reject"
      onClose={onClose}
      onConfirm={(values) => send('reject', { reason: values.get('reason') })}
      title="Reject this submission"
    >
      <p className="review__empty">{describeMail(review, 'The car can be submitted again.')}</p>
      <TextField
        label="Reason"
        name="reason"
        placeholder="We do not buy cars with a salvage title."
      />
    </ReviewDialog>
  )
}

const describeMail = ({ submission: { customerEmail } }: ReviewAnswer, rest: string): string =>
  customerEmail
    ? `We send this to ${customerEmail} with the link to the submission. ${rest}`
    : `The customer left no e-mail address, so they are not told. ${rest}`

type TextFieldProps = {
  label: string
  name: string
  placeholder: string
}

function TextField({ label, name, placeholder }: TextFieldProps) {
  return (
    <label className="input-field">
      {label}
      <textarea
        autoFocus
        maxLength={2000}
        name={name}
        placeholder={placeholder}
        required
        rows={4}
      />
    </label>
  )
}
