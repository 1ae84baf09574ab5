'use client'
import {
  DraggableSortable,
  FieldDescription,
  FieldError,
  FieldLabel,
  useConfig,
  useDocumentInfo,
  useField,
  useForm,
} from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { type DragEvent, useRef, useState } from 'react'
import { Icon } from './icons.tsx'
import { PhotoAddress } from './photo-address.tsx'
import {
  moveEntry,
  buildPhotoKeys,
  parsePhotos,
  describeOrigin,
  getThumbnailUrl,
} from './photo-order.ts'
import { PhotoTile } from './photo-tile.tsx'
import { PhotoUploadList } from './photo-upload-list.tsx'
import { usePhotoUploads } from './photo-uploads.ts'
import './photo-gallery.css'
import './photo-uploads.css'

const ACCEPTED_TYPES =
  'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif'

/**
 * The photos of a car: sort, upload, add by URL, remove. The field's value is the list of URLs; the
 * first is the cover.
 */
export const PhotoGallery: JSONFieldClientComponent = ({
  field,
  path: renderedPath,
  readOnly: forbidden,
}) => {
  const { path, value, setValue, showError, disabled } = useField<unknown>({
    potentiallyStalePath: renderedPath,
  })
  const { config } = useConfig()
  const { getData, getDataByPath } = useForm()
  const readOnly = Boolean(forbidden) || disabled
  const urls = parsePhotos(value)
  // An upload ends after the render in which it started: add it to the form's current value.
  const add = (url: string) => setValue([...parsePhotos(getDataByPath(path)), url])
  const uploads = usePhotoUploads({
    api: config.routes.api,
    describe: () => formatCarName(getData()),
    onArrived: add,
  })
  return (
    <div className={`field-type photo-gallery${showError ? ' error' : ''}`} id={`field-${path}`}>
      <div className="photo-gallery__head">
        <FieldLabel label={field.label ?? 'Photos'} path={path} />
        {urls.length > 0 && (
          <span className="photo-gallery__count">
            {urls.length === 1 ? '1 photo' : `${urls.length} photos`}
          </span>
        )}
        {urls.length > 0 && <PhotosDownload />}
      </div>
      <FieldError path={path} showError={showError} />
      {readOnly ? (
        <Photos readOnly urls={urls} />
      ) : (
        <DropZone onFiles={(files) => void uploads.send(files)}>
          <Photos onChange={setValue} readOnly={false} urls={urls} />
          <Additions onAdd={add} onFiles={(files) => void uploads.send(files)} urls={urls} />
        </DropZone>
      )}
      <PhotoUploadList
        onDismiss={({ id }) => uploads.drop(id)}
        onRetry={({ id, file }) => (uploads.drop(id), void uploads.send([file]))}
        uploads={uploads.uploads}
      />
      {!readOnly && <FieldDescription description={field.admin?.description ?? ''} path={path} />}
    </div>
  )
}

/** Downloads the saved photos of a car, for the form of another site. */
function PhotosDownload() {
  const { config } = useConfig()
  const { collectionSlug, id } = useDocumentInfo()
  if (collectionSlug !== 'inventory' || id === undefined) return null
  return (
    <a download href={`${config.routes.api}/inventory/${id}/photos.zip`}>
      Download as ZIP
    </a>
  )
}

type PhotosProps = {
  urls: string[]
  readOnly: boolean
  onChange?: (urls: string[]) => void
}

function Photos({ urls, readOnly, onChange = () => undefined }: PhotosProps) {
  const { config } = useConfig()
  const origins = [config.serverURL]
  const keys = buildPhotoKeys(urls)
  if (urls.length === 0)
    return (
      <p className="photo-gallery__empty">
        {readOnly
          ? 'This car has no photos yet.'
          : 'No photos yet. Drop photos here; the first one becomes the cover.'}
      </p>
    )
  return (
    <DraggableSortable
      className="photo-gallery__grid"
      ids={keys}
      onDragEnd={({ moveFromIndex, moveToIndex }) =>
        onChange(moveEntry(urls, moveFromIndex, moveToIndex))
      }
    >
      {urls.map((url, index) => (
        <PhotoTile
          count={urls.length}
          id={keys[index] ?? url}
          index={index}
          key={keys[index]}
          onMove={(to) => onChange(moveEntry(urls, index, to))}
          onRemove={() => onChange(urls.toSpliced(index, 1))}
          origin={describeOrigin(url, origins)}
          readOnly={readOnly}
          src={getThumbnailUrl(url, origins)}
        />
      ))}
    </DraggableSortable>
  )
}

type AdditionsProps = {
  urls: readonly string[]
  onAdd: (url: string) => void
  onFiles: (files: File[]) => void
}

function Additions({ urls, onAdd, onFiles }: AdditionsProps) {
  const picker = useRef<HTMLInputElement>(null)
  const [byAddress, setByAddress] = useState(false)
  return (
    <>
      <div className="photo-gallery__add">
        <button
          className="photo-button photo-button--main"
          onClick={() => picker.current?.click()}
          type="button"
        >
          <Icon name="upload" /> Upload photos
        </button>
        <button
          aria-expanded={byAddress}
          className="photo-button"
          onClick={() => setByAddress(!byAddress)}
          type="button"
        >
          <Icon name="link" /> Add by URL
        </button>
        <span className="photo-gallery__hint">
          or drop them here · JPEG, PNG, WebP, AVIF, HEIC up to 20 MB
        </span>
        <input
          accept={ACCEPTED_TYPES}
          aria-label="Photos to upload"
          hidden
          multiple
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])])
            target.value = '' // the same file can be picked again
          }}
          ref={picker}
          type="file"
        />
      </div>
      {byAddress && (
        <PhotoAddress onAdd={onAdd} onClose={() => setByAddress(false)} existingUrls={urls} />
      )}
    </>
  )
}

/** Accepts dropped files and ignores everything else that is dragged over it. */
function DropZone({
  children,
  onFiles,
}: {
  children: React.ReactNode
  onFiles: (files: File[]) => void
}) {
  const [over, setOver] = useState(false)
  const watch = (inside: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(inside)
  }
  const handleDrop = (event: DragEvent) => {
    watch(false)(event)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <div
      className={`photo-gallery__place${over ? ' photo-gallery__place--over' : ''}`}
      onDragLeave={watch(false)}
      onDragOver={watch(true)}
      onDrop={handleDrop}
    >
      {children}
    </div>
  )
}

/** The description of an uploaded photo from the form values: `2021 Honda Accord`. */
function formatCarName({ year, make, model }: Record<string, unknown>): string {
  return [year, make, model].filter(Boolean).join(' ')
}
