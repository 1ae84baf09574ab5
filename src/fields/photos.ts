import type { JSONField } from 'payload'
import { findPhotoUrlProblem } from '../domain/photo-url.ts'
import { textList, findTextListProblem } from './text.ts'

const MAX_PHOTOS = 100
const MAX_URL_LENGTH = 500

/**
 * The photos of a car in the order they are shown: JSONB array of URLs. Uploads by their public
 * URL, others as they are, never fetched.
 */
export function photos(): JSONField {
  return textList('images', {
    max: MAX_PHOTOS,
    length: MAX_URL_LENGTH,
    label: 'Photos',
    description: 'Drag to sort; the first is the one people see first.',
    validate,
    admin: { components: { Field: '/src/admin/lot/photo-gallery.tsx#PhotoGallery' } },
  })
}

/** Photos that the row has already may stay where a rule became stricter. */
const validate: NonNullable<JSONField['validate']> = (value, { previousValue }) => {
  const problem = findTextListProblem(value, MAX_PHOTOS, MAX_URL_LENGTH)
  if (problem !== null) return problem
  const storedPhotos = new Set(Array.isArray(previousValue) ? (previousValue as unknown[]) : [])
  const added = ((value as string[] | null | undefined) ?? []).filter(
    (url) => !storedPhotos.has(url),
  )
  return added.map(findPhotoUrlProblem).find(Boolean) ?? true
}
