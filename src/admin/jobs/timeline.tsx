'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { TimelineBars } from './timeline-bars.tsx'
import {
  buildBars,
  type Bar,
  type Lane,
  buildLanes,
  type Scale,
  buildTicks,
  computeX,
} from './timeline-scale.ts'
import { TimelineTable } from './timeline-table.tsx'
import { TimelineTip } from './timeline-tip.tsx'
import { useWidth } from '../ui/use-width.ts'
import { formatCount } from '../../domain/format-count.ts'
import { OUTCOME_LABELS, formatTitle } from '../ui/format.ts'
import '../ui/run-pill.css'
import './timeline.css'

type Props = {
  runs: readonly RunAnswer[]
  hours: number
  now: Date
}

/** The position of the lane names: next to the bars, or above them on narrow screens. */
const WIDE = { left: 190, lane: 34, bar: 8 }
const NARROW = { left: 0, lane: 48, bar: 24 }
const BAR_HEIGHT = 18
const TICKS_HEIGHT = 26

/**
 * A timeline with one bar per run and one lane per job. The arrow keys move between bars; Enter
 * opens a run.
 */
export function Timeline({ runs, hours, now }: Props) {
  const [frame, width] = useWidth()
  const [shown, setShown] = useState<string | null>(null)
  const { config } = useConfig()
  const shape = width < 640 ? NARROW : WIDE
  const scale: Scale = {
    from: now.getTime() - hours * 3_600_000,
    to: now.getTime(),
    left: shape.left,
    right: Math.max(width, 200),
  }
  const lanes = buildLanes(runs, scale.from)
  const bars = buildBars(lanes, scale)
  const shownBar = bars.find(({ run }) => run.id === shown)
  const getTop = ({ lane }: Bar) => TICKS_HEIGHT + lane * shape.lane + shape.bar
  if (lanes.length === 0) return <p className="jobs__empty">No jobs ran in this period.</p>
  const height = TICKS_HEIGHT + lanes.length * shape.lane
  return (
    <div className="timeline" ref={frame}>
      {width > 0 && (
        <svg
          aria-label={`${formatCount(bars.length, 'run')}, one row per job`}
          height={height}
          role="group"
          width={scale.right}
        >
          <Grid height={height} scale={scale} />
          <Lanes
            isNarrow={shape === NARROW}
            lanes={lanes}
            laneHeight={shape.lane}
            right={scale.right}
          />
          <TimelineBars
            getAddress={({ id }) => `${config.routes.admin}/collections/job-history/${id}`}
            bars={bars}
            height={BAR_HEIGHT}
            now={now}
            onShow={setShown}
            getTop={getTop}
          />
        </svg>
      )}
      {shownBar && (
        <TimelineTip
          bar={shownBar}
          now={now}
          room={scale.right}
          top={getTop(shownBar) + BAR_HEIGHT + 8}
        />
      )}
      <Legend />
      <TimelineTable lanes={lanes} now={now} />
    </div>
  )
}

function Legend() {
  return (
    <ul aria-hidden className="timeline-legend">
      {Object.entries(OUTCOME_LABELS).map(([outcome, label]) => (
        <li className={`timeline-legend__${outcome}`} key={outcome}>
          {label}
        </li>
      ))}
    </ul>
  )
}

function Grid({ scale, height }: { scale: Scale; height: number }) {
  return (
    <g aria-hidden>
      {buildTicks(scale).map(({ at, label, isMidnight }) => {
        const x = Math.round(computeX(scale, at)) + 0.5
        return (
          <g
            className={isMidnight ? 'timeline__tick timeline__tick--midnight' : 'timeline__tick'}
            key={at}
          >
            <line x1={x} x2={x} y1={TICKS_HEIGHT - 6} y2={height} />
            {x > scale.left + 18 && x < scale.right - 18 && (
              <text textAnchor="middle" x={x} y={14}>
                {label}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}

type LanesProps = {
  lanes: readonly Lane[]
  laneHeight: number
  right: number
  isNarrow: boolean
}

function Lanes({ lanes, laneHeight, right, isNarrow }: LanesProps) {
  return (
    <g aria-hidden>
      {lanes.map(({ job }, index) => {
        const top = TICKS_HEIGHT + index * laneHeight
        return (
          <g className="timeline__lane" key={job}>
            <line x1={0} x2={right} y1={top + 0.5} y2={top + 0.5} />
            <text x={0} y={top + (isNarrow ? 17 : 22)}>
              {truncateText(formatTitle(job), isNarrow ? 44 : 25)}
            </text>
          </g>
        )
      })}
    </g>
  )
}

const truncateText = (text: string, maxLength: number) =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`
