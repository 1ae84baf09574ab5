'use client'
import { useAuth, useConfig, useListQuery, useSelection } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { mergeListSearchAndWhere } from 'payload/shared'
import { useState } from 'react'
import type { CarSelection } from '../../lot/domain/batch-price.ts'
import { formatCount } from '../../domain/format-count.ts'
import { type AppliedBatch, BatchForm } from './batch-form.tsx'
import { pruneWhere } from './prune-where.ts'
import { UndoButton } from './undo-button.tsx'
import '../ui/jobs.css'
import './stock-work.css'
import './change-prices.css'

/**
 * Above the list of cars: changes the prices of the selected cars, or of all cars of the list,
 * after a preview. For managers.
 */
export function ChangePrices() {
  const { permissions } = useAuth()
  const [isOpen, setOpen] = useState(false)
  const [applied, setApplied] = useState<AppliedBatch | null>(null)
  const { selection, count } = useCars()
  const router = useRouter()
  const finish = (batch: AppliedBatch) => {
    setApplied(batch)
    setOpen(false)
    router.refresh()
  }
  if (!permissions?.collections?.['inventory']?.update) return null
  return (
    <section aria-label="Change prices" className="change-prices">
      <button
        aria-expanded={isOpen}
        className="jobs__button"
        disabled={count === 0}
        onClick={() => setOpen(!isOpen)}
        type="button"
      >
        Change prices…
      </button>
      {isOpen && (
        <BatchForm
          key={JSON.stringify(selection)}
          onApplied={finish}
          selection={selection}
          subject={describeCars(selection, count)}
        />
      )}
      {applied && (
        <div className="change-prices__done" key={applied.id}>
          <p role="status">{applied.message}</p>
          <UndoButton batch={applied.id} onUndone={() => router.refresh()} />
        </div>
      )}
    </section>
  )
}

const describeCars = ({ ids }: CarSelection, count: number): string =>
  ids ? formatCount(count, 'selected car') : `all ${formatCount(count, 'car')} of this list`

/** The selected cars, or those that the list shows on all of its pages. */
function useCars(): { selection: CarSelection; count: number } {
  const { getEntityConfig } = useConfig()
  const { data, query } = useListQuery()
  const { selectAll, selectedIDs } = useSelection()
  if (selectedIDs.length > 0 && String(selectAll) !== 'allAvailable')
    return { selection: { ids: selectedIDs.map(String) }, count: selectedIDs.length }
  const where = mergeListSearchAndWhere({
    collectionConfig: getEntityConfig({ collectionSlug: 'inventory' }),
    search: query.search ?? '',
    where: query.where ?? {},
  })
  return { selection: { where: pruneWhere(where) }, count: data?.totalDocs ?? 0 }
}
