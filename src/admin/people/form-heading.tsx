'use client'
import { SetStepNav } from '@payloadcms/ui'
import { useRowTitle } from '../ui/use-row-title.ts'

/** Sets the title and breadcrumb of a custom form, where Payload would show an untitled row. */
export function FormHeading({
  title,
  under,
}: {
  title: string
  under: { label: string; url: string }
}) {
  useRowTitle(title)
  return <SetStepNav nav={[under, { label: title }]} />
}
