import type { UIFieldServerComponent } from 'payload'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { formatCount } from '../../domain/format-count.ts'
import { checkHistory, type HistorySummary } from '../../vehicle-history/domain/check-history.ts'
import { hashText } from '../../vehicle-history/sha256.ts'
import {
  describeHistory,
  findHistoryOfCar,
  findHistoryOfSubmission,
  type StoredHistory,
} from '../../vehicle-history/store/histories.ts'
import { formatCalendarDay } from '../ui/format-figures.ts'
import '../ui/cells.css'
import './shared-history.css'

const FINDERS: Readonly<Record<string, typeof findHistoryOfCar>> = {
  inventory: findHistoryOfCar,
  'pending-submissions': findHistoryOfSubmission,
}

/**
 * The history that an owner shared, in the form of its submission or its car: how much it is, its
 * head, and whether it is unaltered. Renders nothing without one.
 */
export const SharedHistory: UIFieldServerComponent = async ({ id, collectionSlug, req }) => {
  const history =
    id === undefined ? null : await findHistory(getTransaction(req).db, collectionSlug, String(id))
  if (!history) return null
  const checked = checkHistory(describeHistory(history), hashText)
  const address = `${req.payload.config.routes.api}/${collectionSlug}/${id}/history`
  return (
    <section aria-label="Shared history" className="shared-history">
      <h3>Shared history</h3>
      {'summary' in checked ? (
        <p>
          <span className="status-pill status-pill--available">Verified</span>{' '}
          {describeSummary(checked.summary)}
        </p>
      ) : (
        <p role="alert">{`This history is NOT as it was shared. ${checked.alteration}`}</p>
      )}
      <dl>
        <dt>Head</dt>
        <dd>
          <code>{history.head}</code>
        </dd>
      </dl>
      <p className="shared-history__note">
        {'The last owner shared this, without anything about themselves. Buyers can verify it. '}
        <a href={address} rel="noreferrer" target="_blank">
          Open the records
        </a>
      </p>
    </section>
  )
}

const findHistory = async (
  db: Transaction['db'],
  slug: string,
  id: string,
): Promise<StoredHistory | null> => (await FINDERS[slug]?.(db, id)) ?? null

/** How people name the records of each kind: one, and several. */
const KINDS: Readonly<Record<string, [string, string]>> = {
  maintenance: ['maintenance job', 'maintenance jobs'],
  fuel: ['fuel purchase', 'fuel purchases'],
  document: ['document', 'documents'],
}

const LIST = new Intl.ListFormat('en-US', { type: 'conjunction' })

function describeSummary({ counts, day }: HistorySummary): string {
  const parts = Object.entries(counts).map(([kind, count]) =>
    formatCount(count, ...(KINDS[kind] ?? ([kind, kind] as const))),
  )
  return `${LIST.format(parts)}, as of ${formatCalendarDay(day)}.`
}
