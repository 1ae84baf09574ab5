'use client'
import { useConfig } from '@payloadcms/ui'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { DELIVERY_STATES } from '../domain/delivery-states.ts'
import type { DeliveryAnswer } from './delivery-types.ts'

type Props = {
  deliveries: readonly DeliveryAnswer[]
  canManage: boolean
  onDecide: (delivery: DeliveryAnswer, action: 'release' | 'reject') => void
}

/** The last deliveries of a feed, newest first, with the decision about one that is held. */
export function DeliveryTable({ deliveries, canManage, onDecide }: Props) {
  if (deliveries.length === 0) return <p className="jobs__empty">No deliveries yet.</p>
  return (
    <table className="feed-delivery__table">
      <thead>
        <tr>
          <th>Made</th>
          <th>State</th>
          <th>Cars</th>
          <th>Left out</th>
          <th>Changes</th>
          <th>File</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow
            canManage={canManage}
            delivery={delivery}
            key={delivery.id}
            onDecide={onDecide}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<Props, 'deliveries'> & { delivery: DeliveryAnswer }

function DeliveryRow({ delivery, canManage, onDecide }: RowProps) {
  const { config } = useConfig()
  const { id, state, cars, leftOut, summary, fileName, error } = delivery
  return (
    <tr>
      <td data-label="Made">{formatMoment(delivery.createdAt, new Date())}</td>
      <td data-label="State">
        <span className={`feed-delivery__state feed-delivery__state--${state}`}>
          {DELIVERY_STATES[state]}
        </span>
        {error && <span className="feed-delivery__error">{error}</span>}
        {state === 'held' && canManage && (
          <span className="feed-delivery__actions">
            <Decision action="release" onClick={() => onDecide(delivery, 'release')} />
            <Decision action="reject" onClick={() => onDecide(delivery, 'reject')} />
          </span>
        )}
      </td>
      <td data-label="Cars">{cars ?? '–'}</td>
      <td data-label="Left out">{leftOut ?? '–'}</td>
      <td data-label="Changes">
        <a href={`${config.routes.admin}/collections/feed-deliveries/${id}`}>{summary ?? '–'}</a>
      </td>
      <td data-label="File">
        {fileName ? (
          <a href={`${config.routes.api}/feed-deliveries/${id}/file`}>{fileName}</a>
        ) : (
          '–'
        )}
      </td>
    </tr>
  )
}

const DECISIONS = { release: 'Send it', reject: 'Do not send it' } as const

function Decision({ action, onClick }: { action: keyof typeof DECISIONS; onClick: () => void }) {
  return (
    <button className="jobs__button" onClick={onClick} type="button">
      {DECISIONS[action]}
    </button>
  )
}
