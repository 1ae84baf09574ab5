'use client'
import { useApi } from '../ui/use-api.ts'

type Photos = { photos: { id: string; url: string; width: number; height: number }[] }
type Props = { id: string; version: string }

/** The customer's photos, which only staff see until the submission is approved. */
export function SubmissionPhotos({ id, version }: Props) {
  const path = `/pending-submissions/${encodeURIComponent(id)}/photos`
  const { value, problem } = useApi<Photos>(path, version)
  if (problem) return <p className="review__empty">The photos cannot be shown: {problem}</p>
  if (!value) return null
  const { photos } = value
  if (photos.length === 0) return <p className="review__empty">The customer sent no photos.</p>
  return (
    <ul aria-label="Photos of the customer" className="review__photos">
      {photos.map(({ id: photo, url, width, height }, index) => (
        <li key={photo}>
          <a href={url} rel="noreferrer" target="_blank">
            <img
              alt={`Photo ${index + 1} of ${photos.length}`}
              height={height}
              loading="lazy"
              src={url}
              width={width}
            />
          </a>
        </li>
      ))}
    </ul>
  )
}
