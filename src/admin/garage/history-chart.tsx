'use client'
import { useTheme } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { useWidth } from '../ui/use-width.ts'
import { pickTicks } from './chart-series.ts'
import 'uplot/dist/uPlot.min.css'
import './history-chart.css'

/** One line or one part of the bars. The color is a custom property of the panel. */
export type ChartSeries = {
  label: string
  color: string
  values: readonly number[]
}

type Props = {
  title: string
  /** Seconds since 1970, ascending: the days or months of the values. */
  points: readonly number[]
  /** The bars of several series are stacked in this order. */
  series: readonly ChartSeries[]
  kind: 'line' | 'bars'
  formatPoint: (seconds: number) => string
  formatValue: (value: number) => string
  /** For the axis, where there is little room. */
  formatTick: (value: number) => string
}

const HEIGHT = 170
const MAX_TICKS = 3
/** The width of a character of a label, about. */
const CHARACTER = 7

/**
 * A chart of a vehicle's history, with its numbers in a table that can be opened. The chart itself
 * is hidden from screen readers. The chart library is loaded on demand.
 */
export function HistoryChart(props: Props) {
  const [frame, width] = useWidth()
  return (
    <figure className="history-chart">
      <figcaption>{props.title}</figcaption>
      <div aria-hidden className="history-chart__frame" ref={frame}>
        {width > 0 && <Canvas {...props} width={width} />}
      </div>
      <ChartTable {...props} />
    </figure>
  )
}

function Canvas({ width, ...props }: Props & { width: number }) {
  const container = useRef<HTMLDivElement>(null)
  const { theme } = useTheme()
  const { points, series, kind, formatPoint, formatValue, formatTick } = props
  useEffect(() => {
    const element = container.current
    if (!element) return undefined
    let unmounted = false
    let chart: uPlot | undefined
    void import('uplot').then(({ default: Plot }) => {
      if (unmounted) return
      const shown = { points, series, kind, formatPoint, formatValue, formatTick }
      const options = buildOptions(Plot, element, width, shown)
      chart = new Plot(options, buildData(shown), element)
      showLatest(chart)
    })
    return () => {
      unmounted = true
      chart?.destroy()
    }
  }, [points, series, kind, formatPoint, formatValue, formatTick, theme, width])
  return <div ref={container} />
}

type Shown = Omit<Props, 'title'>

/** The series from the top of a stack to its bottom, so that each one is drawn over the last. */
const orderSeries = ({ kind, series }: Pick<Props, 'kind' | 'series'>): readonly ChartSeries[] =>
  kind === 'bars' ? series.toReversed() : series

/** Bars reach up to the sum of their value and those below them. */
function buildData({ points, series, kind }: Shown): uPlot.AlignedData {
  if (kind === 'line') return [[...points], ...series.map(({ values }) => [...values])]
  const sums = points.map(() => 0)
  const stacked = series.map(({ values }) =>
    values.map((value, i) => (sums[i] = (sums[i] ?? 0) + value)),
  )
  return [[...points], ...stacked.toReversed()]
}

/** Without a cursor, the legend shows the last values. */
function showLatest(chart: uPlot): void {
  if (typeof chart.cursor.idx !== 'number')
    chart.setLegend({ idx: chart.data[0].length - 1 }, false)
}

/** A canvas does not use style sheets: resolves colors for the current theme. */
function buildOptions(
  Plot: typeof uPlot,
  element: HTMLElement,
  width: number,
  shown: Shown,
): uPlot.Options {
  const style = getComputedStyle(element)
  const readColor = (name: string) => style.getPropertyValue(name).trim()
  const axis = {
    stroke: readColor('--theme-elevation-600'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: readColor('--theme-elevation-100'), width: 1 },
    ticks: { show: false },
  }
  const { points, formatPoint, formatTick } = shown
  return {
    width,
    height: HEIGHT,
    padding: [10, 18, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    hooks: { setCursor: [showLatest] },
    scales: {
      x: { range: (_, min, max) => padDays(min, max) },
      y: { range: shown.kind === 'bars' ? padTop : padBoth },
    },
    axes: [
      {
        ...axis,
        size: 28,
        splits: (_plot, _axis, min, max) => pickTicks(points, MAX_TICKS, max - min),
        values: (_, splits) => splits.map(formatPoint),
      },
      { ...axis, size: measureLabels, values: (_, splits) => splits.map(formatTick) },
    ],
    series: [
      { label: 'Date', value: (_, at: number | null) => (at === null ? '–' : formatPoint(at)) },
      ...orderSeries(shown).map((one) => buildSeries(Plot, one, shown, readColor(one.color))),
    ],
  }
}

function buildSeries(
  Plot: typeof uPlot,
  { label, values }: ChartSeries,
  { kind, formatValue }: Shown,
  color: string,
): uPlot.Series {
  const bars = kind === 'bars' ? Plot.paths.bars?.({ size: [0.7, 36] }) : undefined
  return {
    label,
    stroke: color,
    width: kind === 'bars' ? 0 : 2,
    points: { show: kind === 'line', size: 6 },
    ...(bars && { paths: bars, fill: color }),
    value: (_, __, ___, index) => {
      const value = index === null ? undefined : values[index]
      return value === undefined ? '–' : formatValue(value)
    },
  }
}

/** The width of the axis that its longest label needs. */
const measureLabels = (_: uPlot, labels: string[] | null): number =>
  Math.max(30, ...(labels ?? []).map((label) => label.length * CHARACTER + 12))

const HALF_MONTH = 15 * 86_400

/** Room for half a bar at both ends. */
const padDays = (min: number, max: number): [number, number] => [min - HALF_MONTH, max + HALF_MONTH]

const padTop = (_: uPlot, __: number | null, max: number | null): [number, number] => [
  0,
  Math.max(1, (max ?? 0) * 1.1),
]

/** Room above and below a line; none below 0. */
function padBoth(_: uPlot, min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1]
  const padding = Math.max((max - min) * 0.15, max * 0.02, 0.5)
  return [Math.max(0, min - padding), max + padding]
}

function ChartTable({ title, points, series, formatPoint, formatValue }: Props) {
  return (
    <details className="history-chart__numbers">
      <summary>Show the numbers</summary>
      <div className="history-chart__scroll" tabIndex={0}>
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">When</th>
              {series.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points
              .map((point, i) => (
                <tr key={point}>
                  <th scope="row">{formatPoint(point)}</th>
                  {series.map(({ label, values }) => (
                    <td key={label}>{formatValue(values[i] ?? 0)}</td>
                  ))}
                </tr>
              ))
              .toReversed()}
          </tbody>
        </table>
      </div>
    </details>
  )
}
