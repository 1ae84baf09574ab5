import type { JSONField } from 'payload'
import { photoUrlProblem } from '../domain/photo-url.ts'
import { textList, textListProblem } from './text.ts'

const MOST = 100
const LENGTH = 500

/** The photos of a car in the order they are shown: JSONB array of URLs. Uploads by their public URL, others as they are, never fetched. */
export function photos(): JSONField {
  return textList('images', {
    most: MOST,
    length: LENGTH,
    label: 'Photos',
    describe: 'Drag to sort; the first is the one people see first.',
    validate,
    admin: { components: { Field: '/src/admin/lot/photo-gallery.tsx#PhotoGallery' } },
  })
}

/** Photos that the row has already may stay where a rule became stricter. */
const validate: NonNullable<JSONField['validate']> = (value, { previousValue }) => {
  const problem = textListProblem(value, MOST, LENGTH)
  if (problem !== null) return problem
  const known = new Set(Array.isArray(previousValue) ? (previousValue as unknown[]) : [])
  const added = ((value as string[] | null | undefined) ?? []).filter((url) => !known.has(url))
  return added.map(photoUrlProblem).find(Boolean) ?? true
}
