import type { RunAnswer } from '../../../jobs/api-types.ts'
import { formatTitle } from '../ui/format.ts'

/** The progress of a run: a bar of done and total, or an indeterminate bar. */
export function RunProgress({
  run: { job, progress },
}: {
  run: Pick<RunAnswer, 'job' | 'progress'>
}) {
  const total = progress?.total ?? null
  const hasTotal = progress !== null && total !== null && total > 0
  return (
    <span className="run-progress">
      <progress
        aria-label={`Progress of ${formatTitle(job)}`}
        {...(hasTotal && { max: total, value: Math.min(progress.done, total) })}
      />
      {progress && (
        <span className="run-progress__figures">
          {progress.done.toLocaleString('en-US')}
          {hasTotal && ` of ${total.toLocaleString('en-US')}`}
        </span>
      )}
    </span>
  )
}
