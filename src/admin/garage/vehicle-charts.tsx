'use client'
import { type ReactNode, useCallback, useMemo } from 'react'
import type { z } from 'zod'
import type { VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { formatOwnerAmount, formatCalendarDay, formatInteger } from '../ui/format-figures.ts'
import { listCostMonths, listEconomyMonths, toSeconds } from './chart-series.ts'
import { formatEconomyUnit, formatShortEconomy } from './format-economy.ts'
import { HistoryChart } from './history-chart.tsx'

type Stats = z.output<typeof VEHICLE_STATS>

/** The kinds of costs, from the bottom of a bar to its top. */
const COSTS = [
  { name: 'fuelCost', label: 'Fuel', color: '--lot-accent' },
  { name: 'maintenanceCost', label: 'Maintenance', color: '--lot-pending' },
  { name: 'ownershipCost', label: 'Ownership', color: '--lot-hold' },
] as const

const NO_ECONOMY = 'No month measures economy: it takes two full fill-ups in a row.'
const NO_COSTS = 'No costs yet. Add a fill-up, a service with its cost, or a cost of owning.'
const NO_READINGS = 'No odometer readings yet. Add a fill-up or a service with one.'

const MONTHS = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

const formatMonth = (seconds: number): string => MONTHS.format(seconds * 1000)
const formatDay = (seconds: number): string =>
  formatCalendarDay(new Date(seconds * 1000).toISOString().slice(0, 'YYYY-MM-DD'.length))

/** The charts of a vehicle: its economy, its costs by month, and its odometer. */
export function VehicleCharts({ stats }: { stats: Stats }) {
  return (
    <div className="vehicle-overview__charts">
      <EconomyChart stats={stats} />
      <CostChart stats={stats} />
      <OdometerChart stats={stats} />
    </div>
  )
}

function EconomyChart({ stats: { byMonth, economy } }: { stats: Stats }) {
  const { points, series } = useMemo(() => {
    const months = listEconomyMonths(byMonth)
    const values = months.map((month) => month.economy)
    return {
      points: months.map(({ day }) => toSeconds(day)),
      series: [{ label: 'Economy', color: '--lot-accent', values }],
    }
  }, [byMonth])
  const format = useCallback(
    (value: number) => formatShortEconomy(value, economy.unit),
    [economy.unit],
  )
  const title = `Economy by month, ${formatEconomyUnit(economy.unit)}`
  if (points.length === 0)
    return <EmptyChart title="Economy by month">{economy.reason ?? NO_ECONOMY}</EmptyChart>
  return (
    <HistoryChart
      formatPoint={formatMonth}
      formatTick={format}
      formatValue={format}
      kind="line"
      points={points}
      series={series}
      title={title}
    />
  )
}

function CostChart({ stats: { byMonth, units } }: { stats: Stats }) {
  const { currency } = units
  const { points, series } = useMemo(() => {
    const months = listCostMonths(byMonth)
    return {
      points: months.map(({ day }) => toSeconds(day)),
      series: COSTS.map(({ name, label, color }) => ({
        label,
        color,
        values: months.map((month) => month[name]),
      })),
    }
  }, [byMonth])
  const format = useCallback((value: number) => formatOwnerAmount(value, currency), [currency])
  const formatTick = useCallback(
    (value: number) => formatOwnerAmount(Math.round(value), currency),
    [currency],
  )
  const title = `Cost by month, ${currency}`
  if (points.length === 0) return <EmptyChart title="Cost by month">{NO_COSTS}</EmptyChart>
  return (
    <HistoryChart
      formatPoint={formatMonth}
      formatTick={formatTick}
      formatValue={format}
      kind="bars"
      points={points}
      series={series}
      title={title}
    />
  )
}

function OdometerChart({ stats: { odometer, units } }: { stats: Stats }) {
  const { distance } = units
  const { points, series } = useMemo(
    () => ({
      points: odometer.map(({ day }) => toSeconds(day)),
      series: [
        {
          label: 'Odometer',
          color: '--lot-accent',
          values: odometer.map((reading) => reading.odometer),
        },
      ],
    }),
    [odometer],
  )
  const format = useCallback(
    (value: number) => `${formatInteger(Math.round(value))} ${distance}`,
    [distance],
  )
  if (points.length === 0) return <EmptyChart title="Odometer">{NO_READINGS}</EmptyChart>
  return (
    <HistoryChart
      formatPoint={formatDay}
      formatTick={format}
      formatValue={format}
      kind="line"
      points={points}
      series={series}
      title={`Odometer, ${distance}`}
    />
  )
}

function EmptyChart({ children, title }: { children: ReactNode; title: string }) {
  return (
    <figure className="history-chart">
      <figcaption>{title}</figcaption>
      <p className="history-chart__empty">{children}</p>
    </figure>
  )
}
