'use client'
import { isOpenStatus, SUBMISSION_STATUSES } from '../../submissions/domain/status.ts'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { useNow } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'

type Steps = ReviewAnswer['steps']
type Status = Steps[number]['status']

/** `Customer`, if it was the customer who took a step: staff steps have a name. */
function findCustomer(steps: Steps, index: number): string | null {
  const [status, before] = [steps[index]?.status, steps[index - 1]?.status]
  const isAnswer = status === 'in_review' && before === 'info_wanted'
  return status === 'pending' || status === 'withdrawn' || isAnswer ? 'Customer' : null
}

/** How a submission came to its stage, step by step, and what may follow. */
export function StageTrack({ steps, status }: { steps: Steps; status: Status }) {
  const now = useNow(0, 30_000)
  return (
    <ol aria-label="Stages" className="stage-track">
      {steps.map((step, index) => (
        <li
          aria-current={index === steps.length - 1 ? 'step' : undefined}
          className={`stage-track__step stage-pill--${step.status}`}
          key={`${step.at} ${step.status}`}
        >
          <strong>{SUBMISSION_STATUSES[step.status]}</strong>
          <span>{formatMoment(step.at, now)}</span>
          <span>{step.by ?? findCustomer(steps, index)}</span>
        </li>
      ))}
      {isOpenStatus(status) && (
        <li className="stage-track__step stage-track__step--next">
          <strong>Decision</strong>
          <span>Approve or reject</span>
        </li>
      )}
    </ol>
  )
}
