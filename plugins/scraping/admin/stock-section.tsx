'use client'
import { useState } from 'react'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import type { StockAnswer } from './api-types.ts'
import { StockTable } from './stock-table.tsx'

type Props = {
  id: string
  sold: boolean
  isNew: boolean
  canManage: boolean
  now: Date
  version: number
}

const PAGE_SIZE = 10

/** The cars that a competitor has on sale or sold, in pages. */
export function StockSection({ id, sold, isNew, canManage, now, version }: Props) {
  const [page, setPage] = useState(1)
  const url = `/competitors/${id}/inventory?sold=${sold}&page=${page}&limit=${PAGE_SIZE}`
  const { value, problem } = useApi<StockAnswer>(url, version)
  if (!value) return <p className="jobs__empty">{problem ?? 'Loading…'}</p>
  if (value.total === 0)
    return <p className="jobs__empty">{sold ? NONE_SOLD : describeEmptyStock(isNew, canManage)}</p>
  const pages = Math.ceil(value.total / PAGE_SIZE)
  return (
    <>
      <p className="watch__count">
        {formatCount(
          value.total,
          sold ? 'sold car' : 'car for sale',
          sold ? 'sold cars' : 'cars for sale',
        )}
      </p>
      <StockTable cars={value.docs} now={now} sold={sold} />
      {pages > 1 && <Pager onTurn={setPage} page={value.page} pages={pages} />}
    </>
  )
}

const NONE_SOLD =
  'No sold cars yet. A car counts as sold when two complete runs in a row do not find it.'

function describeEmptyStock(isNew: boolean, canManage: boolean): string {
  if (!isNew) return 'No cars for sale.'
  if (!canManage)
    return (
      'Their site has not been scraped yet. A manager can start a run, and one starts ' +
      'automatically every night.'
    )
  return (
    'Their site has not been scraped yet. “Test scrape” shows what a run would find ' +
    'without saving anything. “Scrape now” saves all of their cars.'
  )
}

function Pager({
  page,
  pages,
  onTurn,
}: {
  page: number
  pages: number
  onTurn: (page: number) => void
}) {
  return (
    <nav aria-label="Pages" className="watch__pager">
      <button
        className="jobs__button"
        disabled={page <= 1}
        onClick={() => onTurn(page - 1)}
        type="button"
      >
        Previous
      </button>
      <span role="status">
        Page {page} of {pages}
      </span>
      <button
        className="jobs__button"
        disabled={page >= pages}
        onClick={() => onTurn(page + 1)}
        type="button"
      >
        Next
      </button>
    </nav>
  )
}
