'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useId } from 'react'
import { formatCalendarDay } from '../ui/format-figures.ts'
import '../ui/jobs.css'
import './attached-files.css'
import { ChooseFiles } from './choose-files.tsx'
import { RemoveButton } from './remove-button.tsx'
import { type FileOfRow, useFiles } from './use-files.ts'

/** The files of a saved document or log, with upload, preview, download and removal. */
export function AttachedFiles() {
  const { id, collectionSlug } = useDocumentInfo()
  if (!collectionSlug) return null
  if (id === undefined)
    return <p className="attached-files__note">Save first, then add files: photos or PDFs.</p>
  return <FileSection collection={collectionSlug} id={String(id)} />
}

function FileSection({ collection, id }: { collection: string; id: string }) {
  const heading = useId()
  const { hasSavePermission } = useDocumentInfo()
  const { files, loadProblem, busy, problems, add, remove } = useFiles(collection, id)
  return (
    <section aria-busy={busy !== null} aria-labelledby={heading} className="attached-files">
      <h3 id={heading}>Files</h3>
      {[...(loadProblem ? [loadProblem] : []), ...problems].map((problem) => (
        <p className="jobs__problem" key={problem} role="alert">
          {problem}
        </p>
      ))}
      {files?.length === 0 && <p className="attached-files__note">No files yet.</p>}
      {files && files.length > 0 && (
        <ul className="attached-files__list">
          {files.map((file) => (
            <FileItem
              file={file}
              key={file.id}
              {...(hasSavePermission && busy === null && { onRemove: () => void remove(file) })}
            />
          ))}
        </ul>
      )}
      {hasSavePermission && (
        <ChooseFiles
          accept=".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif"
          disabled={busy !== null}
          help="PDF, JPEG, PNG, WebP or HEIC, at most 20 MB each."
          label="Add files"
          multiple
          onFiles={(some) => void add(some)}
        />
      )}
      <p aria-live="polite" className="attached-files__note">
        {busy}
      </p>
    </section>
  )
}

function FileItem({ file, onRemove }: { file: FileOfRow; onRemove?: () => void }) {
  const { contentType, createdAt, fileName, fileSize, previewUrl, url } = file
  const type = contentType.split('/').at(-1)?.toUpperCase()
  return (
    <li>
      {previewUrl ? (
        <a className="attached-files__picture" href={previewUrl} rel="noreferrer" target="_blank">
          <img alt={`Preview of ${fileName}`} loading="lazy" src={previewUrl} />
        </a>
      ) : (
        <span aria-hidden="true" className="attached-files__picture">
          {type}
        </span>
      )}
      <div className="attached-files__about">
        <a download={fileName} href={url}>
          {fileName}
        </a>
        <span className="attached-files__note">
          {[type, formatBytes(fileSize), formatCalendarDay(createdAt.slice(0, 10))].join(' · ')}
        </span>
      </div>
      {onRemove && <RemoveButton name={fileName} onRemove={onRemove} />}
    </li>
  )
}

const formatBytes = (bytes: number): string =>
  bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1_000))} KB`
