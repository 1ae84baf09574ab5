'use client'
import { Icon } from './icons.tsx'
import type { Upload } from './photo-uploads.ts'

type Props = {
  uploads: readonly Upload[]
  onRetry: (upload: Upload) => void
  onDismiss: (upload: Upload) => void
}

/** The files that are uploading, and rejected ones with the reason. */
export function PhotoUploadList({ uploads, onRetry, onDismiss }: Props) {
  if (uploads.length === 0) return null
  return (
    <ul aria-label="Uploads" aria-live="polite" className="photo-uploads">
      {uploads.map((upload) => (
        <li className={upload.problem ? 'photo-uploads__refused' : ''} key={upload.id}>
          <span className="photo-uploads__name">{upload.file.name}</span>
          {upload.problem ? (
            <Refused
              onDismiss={() => onDismiss(upload)}
              onRetry={() => onRetry(upload)}
              problem={upload.problem}
            />
          ) : (
            <Progress {...upload} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Progress({ file, percent }: Upload) {
  return (
    <>
      <progress aria-label={`Sending ${file.name}`} max={100} value={percent} />
      <span className="photo-uploads__percent">{percent < 100 ? `${percent}%` : 'Resizing …'}</span>
    </>
  )
}

function Refused({
  problem,
  onRetry,
  onDismiss,
}: {
  problem: string
  onRetry: () => void
  onDismiss: () => void
}) {
  return (
    <>
      <span className="photo-uploads__problem" role="alert">
        {problem}
      </span>
      <button className="photo-button" onClick={onRetry} type="button">
        Try again
      </button>
      <button aria-label="Dismiss" className="photo-button" onClick={onDismiss} type="button">
        <Icon name="remove" />
      </button>
    </>
  )
}
