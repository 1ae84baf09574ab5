'use client'
import { useState } from 'react'
import { useAnswer } from '../../../src/admin/jobs/use-answer.ts'
import { dollars, whole } from '../../../src/admin/lot/figures.ts'
import type { FigureAnswer, FiguresAnswer } from './answers.ts'
import { Choice } from './choice.tsx'
import { FiguresChart, type Series } from './figures-chart.tsx'
import { FiguresTable } from './figures-table.tsx'
import './figures.css'

const RANGES = [
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
] as const

const days = (value: number) => value.toFixed(value < 10 ? 1 : 0)
const price = (value: number) => dollars(Math.round(value))

/** The drawings, each of what can be measured by one scale. */
const CHARTS: readonly { title: string; series: readonly Series[] }[] = [
  { title: 'Cars on sale', series: [{ label: 'Cars', colour: '--lot-accent', words: whole, of: (one) => one.totalInventory }] },
  { title: 'Average price', series: [{ label: 'Price', colour: '--lot-accent', words: price, of: (one) => one.avgPrice }] },
  {
    title: 'Days on sale, on average',
    series: [{ label: 'Days', colour: '--lot-accent', words: days, of: (one) => one.avgDaysOnMarket }],
  },
  {
    title: 'In the 30 days before',
    series: [
      { label: 'Sold', colour: '--lot-available', words: whole, of: (one) => one.vehiclesSold30d },
      { label: 'New', colour: '--lot-hold', words: whole, of: (one) => one.newListings30d, dash: [6, 4] },
      { label: 'Repriced', colour: '--lot-pending', words: whole, of: (one) => one.priceChanges30d, dash: [2, 3] },
    ],
  },
]

/** A competitor's figures as they are and as they went. */
export function FiguresSection({ id, version }: { id: string; version: number }) {
  const [range, setRange] = useState<(typeof RANGES)[number][0]>(90)
  const { value, problem } = useAnswer<FiguresAnswer>(`/competitors/${id}/metrics?days=${range}`, version)
  const metrics = value?.metrics ?? []
  const latest = metrics.at(-1)
  return (
    <div className="figures">
      <div className="figures__range">
        <Choice label="How far back" onChoose={setRange} options={RANGES} value={range} />
      </div>
      {!value && <p className="jobs__empty">{problem ?? 'Loading …'}</p>}
      {value && !latest && (
        <p className="jobs__empty">There are no figures of this time. They are calculated after each reading that is believed.</p>
      )}
      {latest && <Latest figures={latest} />}
      {metrics.length === 1 && (
        <p className="jobs__empty">These are the figures of one reading. From the second one on they are drawn.</p>
      )}
      {metrics.length > 1 && (
        <div className="figures__charts">
          {CHARTS.map((chart) => (
            <FiguresChart key={chart.title} {...chart} metrics={metrics} />
          ))}
        </div>
      )}
      {latest && <FiguresTable metrics={metrics} />}
    </div>
  )
}

function Latest({ figures }: { figures: FigureAnswer }) {
  const { totalInventory, avgPrice, avgDaysOnMarket, vehiclesSold30d } = figures
  const told = [
    ['Cars on sale', whole(totalInventory)],
    ['Average price', avgPrice === null ? '–' : price(avgPrice)],
    ['Days on sale, on average', avgDaysOnMarket === null ? '–' : days(avgDaysOnMarket)],
    ['Sold in 30 days', whole(vehiclesSold30d)],
  ]
  return (
    <dl className="figures__latest">
      {told.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
