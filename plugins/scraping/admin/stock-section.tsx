'use client'
import { useState } from 'react'
import { useApi } from '../../../src/admin/jobs/use-api.ts'
import { formatCount } from '../../../src/admin/jobs/format.ts'
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

/** The cars that a competitor has on sale, or those that it sold, some at a time. */
export function StockSection({ id, sold, isNew, canManage, now, version }: Props) {
  const [page, setPage] = useState(1)
  const url = `/competitors/${id}/inventory?sold=${sold}&page=${page}&limit=${PAGE_SIZE}`
  const { value, problem } = useApi<StockAnswer>(url, version)
  if (!value) return <p className="jobs__empty">{problem ?? 'Loading …'}</p>
  if (value.total === 0)
    return <p className="jobs__empty">{sold ? NONE_SOLD : describeEmptyStock(isNew, canManage)}</p>
  const pages = Math.ceil(value.total / PAGE_SIZE)
  return (
    <>
      <p className="watch__count">
        {formatCount(
          value.total,
          sold ? 'car that was sold' : 'car on sale',
          sold ? 'cars that were sold' : 'cars on sale',
        )}
      </p>
      <StockTable cars={value.docs} now={now} sold={sold} />
      {pages > 1 && <Pager onTurn={setPage} page={value.page} pages={pages} />}
    </>
  )
}

const NONE_SOLD =
  'No car is known to be sold. A car counts as sold once two whole readings in a row did not ' +
  'find it.'

function describeEmptyStock(isNew: boolean, canManage: boolean): string {
  if (!isNew) return 'No car of theirs is known to be on sale.'
  if (!canManage)
    return (
      'Their site was not read yet. Who manages the lot can have it read, and by night it is ' +
      'read by itself.'
    )
  return (
    'Their site was not read yet. Test scrape shows what a reading would find, and keeps ' +
    'nothing of it. Scrape now reads all their cars.'
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
        Before
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
