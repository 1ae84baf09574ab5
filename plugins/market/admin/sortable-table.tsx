'use client'
import { type ReactNode, useState } from 'react'
import './cards.css'
import './comparable-cars.css'

/** One column. `getValue` is what it is sorted by; rows without a value come last. */
export type SortableColumn<Row> = {
  name: string
  label: string
  isFigure?: boolean
  getValue: (row: Row) => string | number | null
  render: (row: Row) => ReactNode
}

type Order = { name: string; descending: boolean }

type Props<Row> = {
  /** The ID of the heading that names the table. */
  labelledBy: string
  /** The first column names the row. */
  columns: readonly [SortableColumn<Row>, ...SortableColumn<Row>[]]
  rows: readonly Row[]
  /** The column that the table is sorted by at first, in ascending order. */
  sortedBy: string
  getClass?: (row: Row) => string | undefined
}

/**
 * A table that is sorted by the column whose heading is clicked; on a phone, by a choice. Columns
 * without any value are hidden.
 */
export function SortableTable<Row extends { key: string }>({
  labelledBy,
  columns,
  rows,
  sortedBy,
  getClass,
}: Props<Row>) {
  const [order, setOrder] = useState<Order>({ name: sortedBy, descending: false })
  const [first, ...others] = columns
  const hasValue = ({ getValue }: SortableColumn<Row>) => rows.some((row) => getValue(row) !== null)
  const shown = [first, ...others.filter(hasValue)]
  const column = columns.find(({ name }) => name === order.name) ?? first
  const sorted = rows.toSorted((one, other) =>
    compareValues(column.getValue(one), column.getValue(other), order.descending),
  )
  return (
    <>
      <SortChoice columns={shown} onChoose={setOrder} order={order} />
      <div aria-labelledby={labelledBy} className="comparable-cars" role="region" tabIndex={0}>
        <table className="market-cards">
          <thead>
            <tr>
              {shown.map((each) => (
                <SortHead column={each} key={each.name} onSort={setOrder} order={order} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr className={getClass?.(row)} key={row.key}>
                <th scope="row">{first.render(row)}</th>
                {shown.slice(1).map(({ name, label, isFigure, render }) => (
                  <td className={getFigureClass(isFigure)} data-label={label} key={name}>
                    {render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const getFigureClass = (isFigure: boolean | undefined) =>
  isFigure ? 'comparable-cars__figure' : undefined

type HeadProps<Row> = {
  column: SortableColumn<Row>
  order: Order
  onSort: (order: Order) => void
}

function SortHead<Row>({ column: { name, label, isFigure }, order, onSort }: HeadProps<Row>) {
  const isSorted = order.name === name
  const direction = order.descending ? 'descending' : 'ascending'
  return (
    <th
      aria-sort={isSorted ? direction : undefined}
      className={getFigureClass(isFigure)}
      scope="col"
    >
      <button
        className="sort-head"
        onClick={() => onSort({ name, descending: isSorted && !order.descending })}
        type="button"
      >
        {label}
        <span aria-hidden>{isSorted ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  )
}

type ChoiceProps<Row> = {
  columns: readonly SortableColumn<Row>[]
  order: Order
  onChoose: (order: Order) => void
}

function SortChoice<Row>({ columns, order, onChoose }: ChoiceProps<Row>) {
  return (
    <label className="sort-choice">
      Sorted by
      <select
        onChange={({ target }) => onChoose({ name: target.value, descending: false })}
        value={order.name}
      >
        {columns.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

type Value = string | number | null

function compareValues(one: Value, other: Value, descending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  const order =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : String(one).localeCompare(String(other), 'en-US', { numeric: true })
  return descending ? -order : order
}
