'use client'
import { useTheme } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useWidth } from '../../../src/admin/ui/use-width.ts'
import type { MetricsAnswer } from './api-types.ts'
import 'uplot/dist/uPlot.min.css'

/**
 * A metric over time: its key, color (a custom property of the panel), format, and dash pattern in
 * pixels.
 */
export type Series = {
  label: string
  color: string
  format: (value: number) => string
  getValue: (figures: MetricsAnswer) => number | null
  dash?: number[]
}

type Props = {
  title: string
  series: readonly Series[]
  metrics: readonly MetricsAnswer[]
}

const HEIGHT = 190

/**
 * Charts of metrics over time, drawn in the browser in the colors of the panel. The table next to
 * them has the same data for screen readers.
 */
export function MetricsChart({ title, series, metrics }: Props) {
  const [frame, width] = useWidth()
  const container = useRef<HTMLDivElement | null>(null)
  const { theme } = useTheme()
  useEffect(() => {
    if (!container.current || width === 0) return undefined
    const chart = new uPlot(
      buildChartOptions(series, width),
      buildChartData(series, metrics),
      container.current,
    )
    showLatest(chart)
    return () => chart.destroy()
  }, [series, metrics, width, theme])
  return (
    <figure className="figures__chart">
      <figcaption>{title}</figcaption>
      <div aria-hidden ref={frame}>
        <div ref={container} />
      </div>
    </figure>
  )
}

function buildChartData(
  series: readonly Series[],
  metrics: readonly MetricsAnswer[],
): uPlot.AlignedData {
  const moments = metrics.map(({ calculatedAt }) => Date.parse(calculatedAt) / 1000)
  return [moments, ...series.map(({ getValue }) => metrics.map(getValue))]
}

function buildChartOptions(series: readonly Series[], width: number): uPlot.Options {
  const styles = getComputedStyle(document.documentElement)
  const readColor = (property: string) => styles.getPropertyValue(property).trim()
  const [firstSeries] = series
  const lines = {
    stroke: readColor('--theme-elevation-600'),
    grid: { stroke: readColor('--theme-elevation-100'), width: 1 },
  }
  const axis = { ...lines, ticks: { show: false }, font: '12px sans-serif' }
  return {
    width,
    height: HEIGHT,
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'figures-of-a-competitor' } },
    hooks: { setCursor: [showLatest] },
    scales: { y: { range: padRange } },
    axes: [
      {
        ...axis,
        size: 32,
        space: 70,
        values: (_, moments) => moments.map((moment) => DAY.format(moment * 1000)),
        incrs: WHOLE_DAYS,
      },
      {
        ...axis,
        size: 62,
        values: (_, values) => values.map((value) => firstSeries?.format(value) ?? ''),
      },
    ],
    series: [
      { label: 'On', value: (_, moment) => (moment ? DAY.format(moment * 1000) : '–') },
      ...series.map(({ label, color, format, dash }) => ({
        label,
        stroke: readColor(color),
        width: 2,
        points: { show: false },
        ...(dash && { dash }),
        value: (_: uPlot, value: number | null) =>
          typeof value === 'number' ? format(value) : '–',
      })),
    ],
  }
}

/** Without a cursor, the legend shows the last values. */
function showLatest(chart: uPlot): void {
  if (typeof chart.cursor.idx !== 'number')
    chart.setLegend({ idx: chart.data[0].length - 1 }, false)
}

const DAY = new Intl.DateTimeFormat('en-US', { day: 'numeric', month: 'short' })
const WHOLE_DAYS = [1, 2, 7, 14, 30, 60, 90].map((count) => count * 86_400)

/**
 * Adds padding above and below the line and centers a constant one. The range never goes below 0.
 */
function padRange(_: uPlot, low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1]
  const padding = Math.max((high - low) * 0.15, high * 0.02, 0.5)
  return [Math.max(0, low - padding), high + padding]
}
