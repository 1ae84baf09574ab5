import type { JSONField } from 'payload'
import { findPhotoUrlProblem } from '../domain/photo-url.ts'
import { textList, findTextListProblem } from './text.ts'

const MAX_PHOTOS = 100
const MAX_URL_LENGTH = 500

const OF_CAR = {
  label: 'Photos',
  description: 'Drag to reorder. The first photo is the cover.',
}

/**
 * The photos of a car in display order: JSONB array of URLs. Uploads by their public URL; external
 * URLs are stored as entered and never fetched.
 */
export function photos({ label, description } = OF_CAR): JSONField {
  return textList('images', {
    max: MAX_PHOTOS,
    length: MAX_URL_LENGTH,
    label,
    description,
    validate,
    admin: { components: { Field: '/src/admin/lot/photo-gallery.tsx#PhotoGallery' } },
  })
}

/** Accepts photos that the row already has, so that stricter rules do not block saving. */
const validate: NonNullable<JSONField['validate']> = (value, { previousValue }) => {
  const problem = findTextListProblem(value, MAX_PHOTOS, MAX_URL_LENGTH)
  if (problem !== null) return problem
  const storedPhotos = new Set(Array.isArray(previousValue) ? (previousValue as unknown[]) : [])
  const added = ((value as string[] | null | undefined) ?? []).filter(
    (url) => !storedPhotos.has(url),
  )
  return added.map(findPhotoUrlProblem).find(Boolean) ?? true
}
