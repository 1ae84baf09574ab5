import type { DefaultServerCellComponentProps, NumberFieldClient } from 'payload'
import { getCurrency } from '../../settings/lot-currency.ts'
import { formatAmount, formatMiles } from '../ui/format-figures.ts'
import '../ui/cells.css'

type Props = DefaultServerCellComponentProps<NumberFieldClient, number | null>

/** An amount in the list, in the lot's currency: `$24,500`. */
export function MoneyCell({ cellData, payload: { config } }: Props) {
  const text = typeof cellData === 'number' ? formatAmount(cellData, getCurrency(config)) : null
  return <Figure text={text} />
}

/** A distance in the list: `31,200 mi`, with at most one decimal place. */
export function MileageCell({ cellData }: Props) {
  const text = typeof cellData === 'number' ? formatMiles(Math.round(cellData * 10) / 10) : null
  return <Figure text={text} />
}

function Figure({ text }: { text: string | null }) {
  return <span className="lot-cell-figure">{text ?? '–'}</span>
}
