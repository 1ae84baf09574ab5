import { Link } from '@payloadcms/ui'
import type { DefaultServerCellComponentProps } from 'payload'
import type { ReactNode } from 'react'

type Props = Pick<DefaultServerCellComponentProps, 'collectionSlug' | 'payload' | 'rowData'> & {
  children: ReactNode
}

/** A link from a cell of a list to the screen of its row. */
export function RowLink({ children, collectionSlug, payload, rowData }: Props) {
  const list = `${payload.config.routes.admin}/collections/${collectionSlug}`
  const row = encodeURIComponent(String(rowData['id']))
  return (
    <Link href={`${list}/${row}`} prefetch={false}>
      {children}
    </Link>
  )
}
