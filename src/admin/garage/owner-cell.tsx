import { Link } from '@payloadcms/ui'
import type { DefaultServerCellComponentProps, TextFieldClient } from 'payload'
import { loadOwners } from './load-owners.ts'
import './owner.css'

type Props = DefaultServerCellComponentProps<TextFieldClient, string | null>

/**
 * The owner of a row, by e-mail. Links to their profile; in the column that opens the row, to the
 * row.
 */
export async function OwnerCell({ cellData, collectionSlug, link, payload, rowData }: Props) {
  if (!cellData) return <span className="owner-cell">–</span>
  const owner = await loadOwners(payload)(cellData)
  const screen = link
    ? `${collectionSlug}/${encodeURIComponent(String(rowData['id']))}`
    : owner && `user-profiles/${owner.id}`
  const label = (
    <span className={`owner-cell${owner ? '' : ' owner-cell--unknown'}`}>
      {owner?.email ?? cellData}
    </span>
  )
  if (!screen) return label
  return (
    <Link href={`${payload.config.routes.admin}/collections/${screen}`} prefetch={false}>
      {label}
    </Link>
  )
}
