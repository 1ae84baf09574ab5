import type { SubmissionStatus } from '../../submissions/domain/status.ts'
import { SUBMISSION_STATUSES } from '../../submissions/domain/status.ts'
import '../ui/cells.css'
import './stage-pill.css'

/** The stage of a submission as a colored pill. */
export function StagePill({ status }: { status: SubmissionStatus }) {
  return (
    <span className={`status-pill stage-pill stage-pill--${status}`}>
      {SUBMISSION_STATUSES[status]}
    </span>
  )
}
