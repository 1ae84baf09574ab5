'use client'
import type { ReactNode } from 'react'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { useNow } from '../ui/clock.ts'
import { formatMiles } from '../ui/format-figures.ts'
import { formatAge } from '../ui/relative-time.ts'
import { useMoneyFormat } from '../ui/use-money-format.ts'
import { AssigneeSelect } from './assignee-select.tsx'
import { CustomerLink } from './customer-link.tsx'
import type { SendStep } from './use-review.ts'

/** The facts that decide: what the customer asks, who they are, who waits, and who reviews it. */
export function ReviewFacts({ review, send }: { review: ReviewAnswer; send: SendStep }) {
  const formatPrice = useMoneyFormat()
  const now = useNow(0, 30_000)
  const { submission, assignee } = review
  const { condition, mileage, vin, waitingSinceAt } = submission
  return (
    <dl className="review__facts">
      <Fact
        label="Asking price"
        value={isNumber(submission.askingPrice) ? formatPrice(submission.askingPrice) : null}
      />
      <Fact
        label="Mileage"
        note={condition ? `Condition: ${condition}` : null}
        value={isNumber(mileage) ? formatMiles(mileage) : null}
      />
      <Fact label="VIN" value={vin ? <span className="review__vin">{vin}</span> : null} />
      <CustomerFact submission={submission} />
      <Fact
        label="Reference"
        note={<LinkNote review={review} />}
        value={submission.reference ?? null}
      />
      {waitingSinceAt && (
        <Fact label="The customer waits" value={`since ${formatAge(waitingSinceAt, now)}`} />
      )}
      <Fact
        label="Assigned to"
        value={
          review.actions.includes('assign') ? (
            <AssigneeSelect assignee={assignee} people={review.reviewers} send={send} />
          ) : (
            (assignee?.name ?? 'Nobody')
          )
        }
      />
    </dl>
  )
}

function LinkNote({ review: { submission, actions } }: { review: ReviewAnswer }) {
  return (
    <>
      {submission.linkOpenedAt && <span>The customer opened the link.</span>}
      {actions.includes('assign') && <CustomerLink id={String(submission.id)} />}
    </>
  )
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

function CustomerFact({ submission }: { submission: ReviewAnswer['submission'] }) {
  const { customerEmail, customerName, customerPhone } = submission
  const note = (
    <>
      {customerEmail && <a href={`mailto:${customerEmail}`}>{customerEmail}</a>}
      {customerPhone && <a href={`tel:${customerPhone}`}>{customerPhone}</a>}
    </>
  )
  return <Fact label="Customer" note={note} value={customerName || 'No name given'} />
}

type FactProps = {
  label: string
  value: ReactNode
  note?: ReactNode
}

function Fact({ label, value, note }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong>{value ?? 'Not given'}</strong>
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
