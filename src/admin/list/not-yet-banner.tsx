import type { CollectionSlug, Payload } from 'payload'
import { canCreateInPanel, getNotYet } from '../../fields/not-yet.ts'
import './not-yet-banner.css'

type Props = {
  collectionSlug: CollectionSlug
  description?: string
  payload: Payload
}

/**
 * A banner about what does not work yet, above the list and the forms of a table, with the table's
 * description below it.
 */
export function NotYetBanner({ collectionSlug, description, payload }: Props) {
  const { config } = payload.collections[collectionSlug]
  const notYet = getNotYet(config)
  if (!notYet) return null
  return (
    <>
      <div className={`not-yet${canCreateInPanel(config) ? '' : ' not-yet--closed'}`} role="note">
        <strong>{notYet.whole ? 'Not available yet' : 'Partially available'}</strong>
        <span>{notYet.words}</span>
      </div>
      {description && <p className="not-yet__description">{description}</p>}
    </>
  )
}
