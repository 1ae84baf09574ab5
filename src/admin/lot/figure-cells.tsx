import type { DefaultServerCellComponentProps, NumberFieldClient } from 'payload'
import { formatDollars, formatMiles } from '../ui/format-figures.ts'
import '../ui/cells.css'

type Props = DefaultServerCellComponentProps<NumberFieldClient, number | null>

/** An amount in the list, in the lot's currency: `$24,500`. */
export function MoneyCell({ cellData }: Props) {
  return <Figure text={typeof cellData === 'number' ? formatDollars(cellData) : null} />
}

/** A distance in the list: `31,200 mi`. */
export function MileageCell({ cellData }: Props) {
  return <Figure text={typeof cellData === 'number' ? formatMiles(cellData) : null} />
}

function Figure({ text }: { text: string | null }) {
  return <span className="lot-cell-figure">{text ?? '–'}</span>
}
