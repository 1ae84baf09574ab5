'use client'
import { useState } from 'react'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MetricsAnswer, MetricsHistoryAnswer } from './api-types.ts'
import { Choice } from '../../../src/admin/ui/choice.tsx'
import { MetricsChart, type Series } from './metrics-chart.tsx'
import { MetricsTable } from './metrics-table.tsx'
import './figures.css'

const RANGES = [
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
] as const

const formatDays = (value: number) => value.toFixed(value < 10 ? 1 : 0)
type FormatPrice = (value: number) => string

type Chart = { title: string; series: readonly Series[] }

const CHANGES: Chart = {
  title: 'In the previous 30 days',
  series: [
    {
      label: 'Sold',
      color: '--lot-available',
      format: formatInteger,
      getValue: (one) => one.vehiclesSold30d,
    },
    {
      label: 'New',
      color: '--lot-hold',
      format: formatInteger,
      getValue: (one) => one.newListings30d,
      dash: [6, 4],
    },
    {
      label: 'Repriced',
      color: '--lot-pending',
      format: formatInteger,
      getValue: (one) => one.priceChanges30d,
      dash: [2, 3],
    },
  ],
}

/** Builds the charts; the series of a chart share one scale. */
const buildCharts = (formatPrice: FormatPrice): readonly Chart[] => [
  {
    title: 'Cars for sale',
    series: [
      {
        label: 'Cars',
        color: '--lot-accent',
        format: formatInteger,
        getValue: (one) => one.totalInventory,
      },
    ],
  },
  {
    title: 'Average price',
    series: [
      {
        label: 'Price',
        color: '--lot-accent',
        format: formatPrice,
        getValue: (one) => one.avgPrice,
      },
    ],
  },
  {
    title: 'Average days on market',
    series: [
      {
        label: 'Days',
        color: '--lot-accent',
        format: formatDays,
        getValue: (one) => one.avgDaysOnMarket,
      },
    ],
  },
  CHANGES,
]

/** A competitor's current metrics and their history. */
export function MetricsSection({ id, version }: { id: string; version: number }) {
  const formatMoney = useMoneyFormat()
  const formatPrice = (value: number) => formatMoney(Math.round(value))
  const [range, setRange] = useState<(typeof RANGES)[number][0]>(90)
  const { value, problem } = useApi<MetricsHistoryAnswer>(
    `/competitors/${id}/metrics?days=${range}`,
    version,
  )
  const metrics = value?.metrics ?? []
  const latest = metrics.at(-1)
  return (
    <div className="figures">
      <div className="figures__range">
        <Choice label="Time range" onChoose={setRange} options={RANGES} value={range} />
      </div>
      {!value && <p className="jobs__empty">{problem ?? 'Loading…'}</p>}
      {value && !latest && (
        <p className="jobs__empty">
          No metrics for this period. They are calculated after each accepted run.
        </p>
      )}
      {latest && <LatestMetrics figures={latest} formatPrice={formatPrice} />}
      {metrics.length === 1 && (
        <p className="jobs__empty">
          These metrics are from one run. The charts appear after the second run.
        </p>
      )}
      {metrics.length > 1 && (
        <div className="figures__charts">
          {buildCharts(formatPrice).map((chart) => (
            <MetricsChart key={chart.title} {...chart} metrics={metrics} />
          ))}
        </div>
      )}
      {latest && <MetricsTable metrics={metrics} />}
    </div>
  )
}

function LatestMetrics({
  figures: metrics,
  formatPrice,
}: {
  figures: MetricsAnswer
  formatPrice: FormatPrice
}) {
  const { totalInventory, avgPrice, avgDaysOnMarket, vehiclesSold30d } = metrics
  const facts = [
    ['Cars for sale', formatInteger(totalInventory)],
    ['Average price', avgPrice === null ? '–' : formatPrice(avgPrice)],
    ['Average days on market', avgDaysOnMarket === null ? '–' : formatDays(avgDaysOnMarket)],
    ['Sold in 30 days', formatInteger(vehiclesSold30d)],
  ]
  return (
    <dl className="figures__latest">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
