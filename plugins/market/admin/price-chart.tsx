'use client'
import { useTheme } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { formatDollars } from '../../../src/admin/lot/format-figures.ts'
import { useWidth } from '../../../src/admin/jobs/use-width.ts'
import 'uplot/dist/uPlot.min.css'
import './price-chart.css'

/**
 * Moments in seconds, and an amount or none at each: ours, the market's median, the market's
 * lowest.
 */
export type PriceLines = [
  at: number[],
  ours: number[],
  median: (number | null)[],
  lowest: (number | null)[],
]

const HEIGHT = 220

/**
 * The lines of prices over time. For eyes alone: the same stands beside it as a table. The library
 * comes once there is a line.
 */
export function PriceChart({ lines }: { lines: PriceLines }) {
  const [frame, width] = useWidth()
  const container = useRef<HTMLDivElement>(null)
  const { theme } = useTheme()
  useEffect(() => {
    const element = container.current
    if (!element || width === 0) return undefined
    let unmounted = false
    let chart: uPlot | undefined
    void import('uplot').then(({ default: Plot }) => {
      if (unmounted) return
      chart = new Plot(
        { ...buildOptions(Plot, element, width), hooks: { setCursor: [showLatest] } },
        lines,
        element,
      )
      showLatest(chart)
    })
    return () => {
      unmounted = true
      chart?.destroy()
    }
  }, [lines, theme, width])
  return (
    <div aria-hidden className="price-chart" ref={frame}>
      <div ref={container} />
    </div>
  )
}

/**
 * While nothing is pointed at, the legend says what was written down last; the place after it is
 * the moment of the drawing.
 */
function showLatest(chart: uPlot): void {
  if (typeof chart.cursor.idx !== 'number')
    chart.setLegend({ idx: chart.data[0].length - 2 }, false)
}

/** A canvas knows no style sheet: its colours are looked up for the theme of the moment. */
function buildOptions(Plot: typeof uPlot, element: HTMLElement, width: number): uPlot.Options {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const font = `12px ${style.fontFamily}`
  const amount = (_: uPlot, value: number | null) => (value === null ? '–' : formatDollars(value))
  const axis = {
    stroke: colour('--theme-elevation-600'),
    font,
    grid: { stroke: colour('--theme-elevation-100'), width: 1 },
  }
  const steps = Plot.paths.stepped?.({ align: 1 })
  const line = { value: amount, spanGaps: true, points: { show: true, size: 6 } }
  return {
    width,
    height: HEIGHT,
    padding: [12, 12, 0, 0],
    cursor: { drag: { x: false, y: false } },
    series: [
      { label: 'When', value: '{MMM} {D}, {HH}:{mm}' },
      {
        ...line,
        label: 'Ours',
        stroke: colour('--lot-accent'),
        width: 2,
        ...(steps && { paths: steps }),
      },
      { ...line, label: 'Median', stroke: colour('--lot-pending'), width: 2 },
      {
        ...line,
        label: 'Lowest',
        stroke: colour('--theme-elevation-450'),
        width: 1.5,
        dash: [5, 4],
      },
    ],
    axes: [
      { ...axis, ticks: { show: false } },
      {
        ...axis,
        ticks: { show: false },
        size: 70,
        values: (_, amounts) => amounts.map((each) => formatDollars(each)),
      },
    ],
  }
}
