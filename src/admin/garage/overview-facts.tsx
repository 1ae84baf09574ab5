'use client'
import type { z } from 'zod'
import type { VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { capitalizeText } from '../ui/format.ts'
import { formatOwnerAmount } from '../ui/format-figures.ts'
import { formatShortEconomy } from './format-economy.ts'

type Stats = z.output<typeof VEHICLE_STATS>

type FactProps = {
  label: string
  value?: string
  note?: string
}

/** One fact of an overview: a label, a value, and a note below it. Both may be missing. */
export function Fact({ label, value, note }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value && <strong>{value}</strong>}
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}

type YearProps = { stats: Stats | null; today: string | null }

const findYear = ({ stats, today }: YearProps) =>
  stats?.byYear.find(({ period }) => today?.startsWith(period))

/** The economy of a vehicle over all of its fill-ups, and in this year. */
export function EconomyFact({ stats, today }: YearProps) {
  if (!stats) return <Fact label="Economy" />
  const { average, unit } = stats.economy
  if (average.value === null) return <Fact label="Economy" note={average.reason} />
  const thisYear = findYear({ stats, today })?.economy.value ?? null
  return (
    <Fact
      label="Economy"
      value={formatShortEconomy(average.value, unit)}
      {...(thisYear !== null && { note: `${formatShortEconomy(thisYear, unit)} this year` })}
    />
  )
}

/** What a vehicle cost in this year, by kind. */
export function CostFact({ stats, today }: YearProps) {
  if (!stats || !today) return <Fact label="Cost this year" />
  const year = findYear({ stats, today })
  const format = (amount: number) => formatOwnerAmount(amount, stats.units.currency)
  if (!year) return <Fact label="Cost this year" note="Nothing yet." value={format(0)} />
  const parts = [
    year.fuelCost > 0 && `fuel ${format(year.fuelCost)}`,
    year.maintenanceCost > 0 && `maintenance ${format(year.maintenanceCost)}`,
    year.ownershipCost > 0 && `ownership ${format(year.ownershipCost)}`,
  ]
  const note = capitalizeText(parts.filter(Boolean).join(', '))
  return <Fact label="Cost this year" note={note} value={format(year.cost)} />
}
