import type { Bar } from './timeline-scale.ts'
import { RunPill } from '../ui/run-pill.tsx'
import {
  getFirstLine,
  formatMoment,
  getOutcome,
  formatTitle,
  formatRunDuration,
} from '../ui/format.ts'

const WIDTH = 280

/** The tooltip of a bar. Hidden from screen readers, because the bar's label has the same text. */
export function TimelineTip({
  bar: { run, x, width },
  top,
  room,
  now,
}: {
  bar: Bar
  top: number
  room: number
  now: Date
}) {
  const outcome = getOutcome(run)
  const left = Math.max(0, Math.min(x + width / 2 - WIDTH / 2, room - WIDTH))
  return (
    <div aria-hidden className="timeline-tip" style={{ left, top, width: Math.min(WIDTH, room) }}>
      <strong>{formatTitle(run.job)}</strong>
      <RunPill outcome={outcome} />
      <span className="timeline-tip__figures">
        Started {formatMoment(run.startedAt, now)} · {outcome === 'running' ? 'for' : 'took'}{' '}
        {formatRunDuration(run, now)}
        {run.attempt !== null && run.attempt > 1 && ` · attempt ${run.attempt}`}
      </span>
      {run.error && <span className="timeline-tip__error">{getFirstLine(run.error)}</span>}
    </div>
  )
}
