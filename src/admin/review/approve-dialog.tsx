'use client'
import type { ReactNode } from 'react'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { useCurrencySign, useMoneyFormat } from '../ui/use-money-format.ts'
import { readApproval } from './read-approval.ts'
import { ReviewDialog } from './review-dialog.tsx'
import type { DialogProps } from './text-dialogs.tsx'

/** Approves a submission: asks for what the car on the lot needs. */
export function ApproveDialog({ review, send, onClose }: DialogProps) {
  const sign = useCurrencySign()
  const { submission, appraisal } = review
  const { mileage, vin } = submission
  return (
    <ReviewDialog
      confirm="Approve and add to the lot"
      onClose={onClose}
      onConfirm={(values) => send('approve', readApproval(values))}
      title="Approve this submission"
    >
      <KnownAmounts review={review} />
      <div className="review-dialog__fields">
        <Field hint="What the car is offered for." label={`Price (${sign})`}>
          <input autoFocus inputMode="decimal" name="price" placeholder="18,900" required />
        </Field>
        <Field hint="What we pay; never public." label={`Cost (${sign})`}>
          <input defaultValue={appraisal?.offer ?? ''} inputMode="decimal" name="cost" />
        </Field>
        <Field label="Mileage (mi)">
          <input defaultValue={mileage ?? ''} inputMode="numeric" name="mileage" required />
        </Field>
        {!vin && (
          <Field hint="On the dashboard and the title." label="VIN">
            <input maxLength={17} name="vin" required />
          </Field>
        )}
        <Field hint="If empty, it is made from the VIN." label="Stock number">
          <input maxLength={50} name="stockNumber" />
        </Field>
        <Field label="Status">
          <select defaultValue="available" name="status">
            <option value="available">Available: public at once</option>
            <option value="hold">On hold: not public yet</option>
          </select>
        </Field>
      </div>
      <label className="review-dialog__check">
        <input name="serviceRecords" type="checkbox" />
        Service records are available
      </label>
    </ReviewDialog>
  )
}

/** What the customer asks and what we offer, so that the price is not guessed. */
function KnownAmounts({ review: { submission, appraisal } }: { review: ReviewAnswer }) {
  const formatPrice = useMoneyFormat()
  const known = [
    submission.askingPrice
      ? `The customer asks ${formatPrice(submission.askingPrice)}.`
      : 'No asking price was given.',
    appraisal?.offer
      ? `The appraisal offers ${formatPrice(appraisal.offer)}.`
      : 'There is no offer in the appraisal.',
  ]
  return (
    <p className="review__empty">
      {known.join(' ')} The car gets the photos of the customer, and the customer gets an e-mail.
    </p>
  )
}

type FieldProps = {
  label: string
  hint?: string
  children: ReactNode
}

function Field({ label, hint, children }: FieldProps) {
  return (
    <label className="input-field">
      {label}
      {children}
      {hint && <small>{hint}</small>}
    </label>
  )
}
