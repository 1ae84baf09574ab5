'use client'
import { Link, useConfig, useListDrawerContext } from '@payloadcms/ui'
import type { CollectionSlug, Data } from 'payload'
import type { ReactNode } from 'react'

type Props = {
  car: Data
  collection: CollectionSlug
  className: string
  label?: string
  children: ReactNode
}

/** A link to a car; in a relationship drawer, selects the car. */
export function CarLink({ car, collection, className, label, children }: Props) {
  const { config } = useConfig()
  const { isInDrawer, onSelect } = useListDrawerContext()
  const id = String(car['id'])
  if (isInDrawer)
    return (
      <button
        aria-label={label}
        className={className}
        onClick={() => onSelect?.({ collectionSlug: collection, doc: car, docID: id })}
        type="button"
      >
        {children}
      </button>
    )
  return (
    <Link
      aria-label={label}
      className={className}
      href={`${config.routes.admin}/collections/${collection}/${encodeURIComponent(id)}`}
      prefetch={false}
    >
      {children}
    </Link>
  )
}
