import { Link } from '@payloadcms/ui'
import type { DefaultServerCellComponentProps } from 'payload'
import type { ReactNode } from 'react'

type Props = Pick<DefaultServerCellComponentProps, 'collectionSlug' | 'payload' | 'rowData'> & {
  children: ReactNode
}

/** A link from a list cell to its row. */
export function RowLink({ children, collectionSlug, payload, rowData }: Props) {
  const list = `${payload.config.routes.admin}/collections/${collectionSlug}`
  return (
    <Link href={`${list}/${encodeURIComponent(String(rowData['id']))}`} prefetch={false}>
      {children}
    </Link>
  )
}
