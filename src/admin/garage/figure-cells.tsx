import type { DefaultServerCellComponentProps, NumberFieldClient, TextFieldClient } from 'payload'
import { DEFAULT_PREFERENCES } from '../../domain/locale-preferences.ts'
import { formatUnitPrice } from '../../domain/money.ts'
import { FUEL_TYPES, parseFuelType } from '../../garage/domain/fuel-types.ts'
import { RowLink } from '../cells/row-link.tsx'
import { formatAmount, formatCalendarDay } from '../ui/format-figures.ts'
import '../ui/cells.css'
import { loadPreferences } from './load-preferences.ts'

type NumberProps = DefaultServerCellComponentProps<NumberFieldClient, number | null>
type DayProps = DefaultServerCellComponentProps<TextFieldClient, string | null>

const AMOUNTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
const MEASURES = { gallon: 'gal', kwh: 'kWh', kg: 'kg', gge: 'GGE' } as const

/** An amount of money in a list, in the currency of the row's owner: `€41.56`. */
export async function OwnerMoneyCell({ cellData, payload, rowData }: NumberProps) {
  if (typeof cellData !== 'number') return <Figure text={null} />
  const currency = await loadCurrency({ payload, rowData })
  return <Figure text={formatAmount(cellData, currency)} />
}

/** A price per unit in a list, in the currency of the row's owner: `€1.799`. */
export async function UnitPriceCell({ cellData, payload, rowData }: NumberProps) {
  if (typeof cellData !== 'number') return <Figure text={null} />
  const currency = await loadCurrency({ payload, rowData })
  return <Figure text={formatUnitPrice(cellData, currency)} />
}

/** An amount of fuel in a list, with the unit of its type: `12.14 gal`, `43.97 kWh`. */
export function FuelAmountCell({ cellData, rowData }: NumberProps) {
  if (typeof cellData !== 'number') return <Figure text={null} />
  const type = parseFuelType(rowData['fuelType'])
  const measure = type ? FUEL_TYPES[type].measure : 'gallon'
  return <Figure text={`${AMOUNTS.format(cellData)} ${MEASURES[measure]}`} />
}

/** A day in a list: `Mar 20, 2026`. Links to its row in the column that opens the row. */
export function DayCell({ cellData, collectionSlug, link, payload, rowData }: DayProps) {
  const day = cellData ? formatCalendarDay(cellData) : '–'
  if (!link) return <Figure text={day} />
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {day}
    </RowLink>
  )
}

async function loadCurrency({
  payload,
  rowData,
}: Pick<NumberProps, 'payload' | 'rowData'>): Promise<string> {
  const preferences = await loadPreferences(payload)(String(rowData['userId']))
  return preferences?.currencyCode ?? DEFAULT_PREFERENCES.currencyCode
}

function Figure({ text }: { text: string | null }) {
  return <span className="lot-cell-figure">{text ?? '–'}</span>
}
