'use client'
import { type KeyboardEvent, useState } from 'react'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { type Bar, findNeighbor } from './timeline-scale.ts'
import {
  getFirstLine,
  formatMoment,
  OUTCOME_LABELS,
  getOutcome,
  formatTitle,
  formatRunDuration,
} from '../ui/format.ts'

type Props = {
  bars: readonly Bar[]
  now: Date
  height: number
  getTop: (bar: Bar) => number
  getAddress: (run: RunAnswer) => string
  onShow: (id: string | null) => void
}

/**
 * The runs, each a link. Only one of them is in the tab order: the newest, then the last focused
 * one.
 */
export function TimelineBars({ bars, now, height, getTop, getAddress, onShow }: Props) {
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const stop =
    bars.find(({ run }) => run.id === focusedId) ??
    bars.toSorted((one, other) => other.x - one.x)[0]
  const go = (event: KeyboardEvent<Element>, bar: Bar) => {
    if (event.key === 'Escape') onShow(null)
    const next = findNeighbor(bars, bar, event.key)
    if (!next) return
    event.preventDefault()
    event.currentTarget
      .closest('svg')
      ?.querySelector<SVGElement>(`[data-run="${next.run.id}"]`)
      ?.focus()
  }
  return (
    <g>
      {bars.toSorted(compareWeights).map((bar) => (
        <a
          aria-label={formatBarLabel(bar.run, now)}
          className={`timeline__run timeline__run--${getOutcome(bar.run)}`}
          data-run={bar.run.id}
          href={getAddress(bar.run)}
          key={bar.run.id}
          onBlur={() => onShow(null)}
          onFocus={() => (setFocusedId(bar.run.id), onShow(bar.run.id))}
          onKeyDown={(event) => go(event, bar)}
          onPointerEnter={() => onShow(bar.run.id)}
          onPointerLeave={() => onShow(null)}
          tabIndex={bar === stop ? 0 : -1}
        >
          <rect
            className="timeline__reach"
            height={height + 8}
            width={bar.width + 4}
            x={bar.x - 2}
            y={getTop(bar) - 4}
          />
          <Shape bar={bar} height={height} top={getTop(bar)} />
        </a>
      ))}
    </g>
  )
}

/** Successful runs are drawn lower than others, so that failures are visible without color. */
function Shape({ bar, top, height }: { bar: Bar; top: number; height: number }) {
  const low = getOutcome(bar.run) === 'done' ? 4 : 0
  return (
    <rect
      className="timeline__bar"
      height={height - 2 * low}
      rx={Math.min(3, bar.width / 2)}
      width={bar.width}
      x={bar.x}
      y={top + low}
    />
  )
}

const WEIGHT = { done: 0, running: 1, failed: 2, dead: 3 } as const

/** The most important outcomes are drawn last, on top of their neighbors. */
const compareWeights = (one: Bar, other: Bar) =>
  WEIGHT[getOutcome(one.run)] - WEIGHT[getOutcome(other.run)]

function formatBarLabel(run: RunAnswer, now: Date): string {
  const parts = [
    formatTitle(run.job),
    OUTCOME_LABELS[getOutcome(run)].toLowerCase(),
    `started ${formatMoment(run.startedAt, now)}`,
  ]
  const more = [run.error && getFirstLine(run.error)].filter(Boolean)
  return [...parts, `took ${formatRunDuration(run, now)}`, ...more].join(', ')
}
