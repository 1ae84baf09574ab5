'use client'
import { useTheme } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useWidth } from '../../../src/admin/jobs/use-width.ts'
import type { FigureAnswer } from './answers.ts'
import 'uplot/dist/uPlot.min.css'

/** A figure over time: which one, its colour (a custom property of the panel), how it is said, and its dashes in pixels. */
export type Series = {
  label: string
  colour: string
  words: (value: number) => string
  of: (figures: FigureAnswer) => number | null
  dash?: number[]
}

type Props = { title: string; series: readonly Series[]; metrics: readonly FigureAnswer[] }

const HEIGHT = 190

/** Figures over time, drawn where there is a browser, in the colours of the panel. The table beside it says the same to who hears it. */
export function FiguresChart({ title, series, metrics }: Props) {
  const [frame, width] = useWidth()
  const place = useRef<HTMLDivElement | null>(null)
  const { theme } = useTheme()
  useEffect(() => {
    if (!place.current || width === 0) return undefined
    const drawn = new uPlot(optionsOf(series, width), dataOf(series, metrics), place.current)
    sayLatest(drawn)
    return () => drawn.destroy()
  }, [series, metrics, width, theme])
  return (
    <figure className="figures__chart">
      <figcaption>{title}</figcaption>
      <div aria-hidden ref={frame}>
        <div ref={place} />
      </div>
    </figure>
  )
}

function dataOf(series: readonly Series[], metrics: readonly FigureAnswer[]): uPlot.AlignedData {
  const moments = metrics.map(({ calculatedAt }) => Date.parse(calculatedAt) / 1000)
  return [moments, ...series.map(({ of }) => metrics.map(of))]
}

function optionsOf(series: readonly Series[], width: number): uPlot.Options {
  const styles = getComputedStyle(document.documentElement)
  const colourOf = (property: string) => styles.getPropertyValue(property).trim()
  const [said] = series
  const lines = { stroke: colourOf('--theme-elevation-600'), grid: { stroke: colourOf('--theme-elevation-100'), width: 1 } }
  const axis = { ...lines, ticks: { show: false }, font: '12px sans-serif' }
  return {
    width,
    height: HEIGHT,
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'figures-of-a-competitor' } },
    hooks: { setCursor: [sayLatest] },
    scales: { y: { range: roomAround } },
    axes: [
      {
        ...axis,
        size: 32,
        space: 70,
        values: (_, moments) => moments.map((moment) => DAY.format(moment * 1000)),
        incrs: WHOLE_DAYS,
      },
      { ...axis, size: 62, values: (_, values) => values.map((value) => said?.words(value) ?? '') },
    ],
    series: [
      { label: 'On', value: (_, moment) => (moment ? DAY.format(moment * 1000) : '–') },
      ...series.map(({ label, colour, words, dash }) => ({
        ...{ label, stroke: colourOf(colour), width: 2, points: { show: false } },
        ...(dash && { dash }),
        value: (_: uPlot, value: number | null) => (typeof value === 'number' ? words(value) : '–'),
      })),
    ],
  }
}

/** While nobody points at a moment, the words under a drawing are of the last one. */
function sayLatest(drawn: uPlot): void {
  if (typeof drawn.cursor.idx !== 'number') drawn.setLegend({ idx: drawn.data[0].length - 1 }, false)
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const WHOLE_DAYS = [1, 2, 7, 14, 30, 60, 90].map((count) => count * 86_400)

/** A little air above and below the line; a level one is drawn in the middle. Nothing of this is ever below 0. */
function roomAround(_: uPlot, low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1]
  const air = Math.max((high - low) * 0.15, high * 0.02, 0.5)
  return [Math.max(0, low - air), high + air]
}
