import type { DefaultServerCellComponentProps, RelationshipFieldClient } from 'payload'
import { RowLink } from './row-link.tsx'
import { loadRowTitles } from './row-titles.ts'

type Value = string | number | { id: string | number } | null
type Props = DefaultServerCellComponentProps<RelationshipFieldClient, Value>

/** The title of a referenced row; in the column that opens the row, a link to the row itself. */
export async function RelationCell({
  cellData,
  collectionSlug,
  field,
  link,
  payload,
  rowData,
}: Props) {
  const title = await findTitle({ cellData, field, payload })
  if (!link) return title
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {title}
    </RowLink>
  )
}

async function findTitle({
  cellData,
  field,
  payload,
}: Pick<Props, 'cellData' | 'field' | 'payload'>): Promise<string> {
  const id = typeof cellData === 'object' ? cellData?.id : cellData
  const collection =
    field.type === 'relationship' && typeof field.relationTo === 'string' ? field.relationTo : null
  if (id === undefined || id === '' || collection === null) return '–'
  return (await loadRowTitles(payload, collection)(String(id))) ?? 'Not visible to you'
}
