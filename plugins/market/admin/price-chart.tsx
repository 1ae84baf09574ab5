'use client'
import { useTheme } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { useWidth } from '../../../src/admin/ui/use-width.ts'
import 'uplot/dist/uPlot.min.css'
import './price-chart.css'

/**
 * Times in seconds, then amounts or null for each series: ours, the market median, the market low.
 */
export type PriceLines = [
  at: number[],
  ours: number[],
  median: (number | null)[],
  lowest: (number | null)[],
]

const HEIGHT = 220

/**
 * A chart of prices over time. Hidden from screen readers; the table next to it has the same data.
 * The chart library is loaded on demand.
 */
export function PriceChart({ lines }: { lines: PriceLines }) {
  const formatPrice = useMoneyFormat()
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
        { ...buildOptions(Plot, element, width, formatPrice), hooks: { setCursor: [showLatest] } },
        lines,
        element,
      )
      showLatest(chart)
    })
    return () => {
      unmounted = true
      chart?.destroy()
    }
  }, [lines, theme, width, formatPrice])
  return (
    <div aria-hidden className="price-chart" ref={frame}>
      <div ref={container} />
    </div>
  )
}

/**
 * Without a cursor, the legend shows the last recorded values; the point after them is the current
 * time.
 */
function showLatest(chart: uPlot): void {
  if (typeof chart.cursor.idx !== 'number')
    chart.setLegend({ idx: chart.data[0].length - 2 }, false)
}

/** A change of our price alone has no market prices: those of the last analysis still apply. */
function findLastAmount(
  amounts: uPlot.AlignedData[number] | undefined,
  index: number | null,
): number | null {
  if (index === null || !amounts) return null
  for (let at = index; at >= 0; at--) {
    const amount = amounts[at]
    if (typeof amount === 'number') return amount
  }
  return null
}

/** A canvas does not use style sheets: resolves colors for the current theme. */
function buildOptions(
  Plot: typeof uPlot,
  element: HTMLElement,
  width: number,
  formatPrice: (amount: number) => string,
): uPlot.Options {
  const style = getComputedStyle(element)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const font = `12px ${style.fontFamily}`
  const amount = (chart: uPlot, _: number | null, series: number, index: number | null) => {
    const value = findLastAmount(chart.data[series], index)
    return value === null ? '–' : formatPrice(value)
  }
  const axis = {
    stroke: color('--theme-elevation-600'),
    font,
    grid: { stroke: color('--theme-elevation-100'), width: 1 },
  }
  const steps = Plot.paths.stepped?.({ align: 1 })
  const line = { value: amount, spanGaps: true, points: { show: true, size: 6 } }
  return {
    width,
    height: HEIGHT,
    padding: [12, 12, 0, 0],
    cursor: { drag: { x: false, y: false } },
    series: [
      { label: 'When', value: '{MMM} {D}, {h}:{mm} {AA}' },
      {
        ...line,
        label: 'Ours',
        stroke: color('--lot-accent'),
        width: 2,
        ...(steps && { paths: steps }),
      },
      { ...line, label: 'Median', stroke: color('--lot-pending'), width: 2 },
      {
        ...line,
        label: 'Lowest',
        stroke: color('--theme-elevation-450'),
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
        values: (_, amounts) => amounts.map((each) => formatPrice(each)),
      },
    ],
  }
}
