'use client'
import { useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import { deleteRow, sendFile } from '../ui/api.ts'
import '../ui/jobs.css'
import './attached-files.css'
import { RemoveButton } from './remove-button.tsx'
import { useNewVersion } from './use-new-version.ts'

/** The photo of a saved vehicle. A click on it chooses another one. */
export function VehiclePhoto() {
  const { id } = useDocumentInfo()
  const stored = useFormFields(([fields]) => Boolean(fields['imageKey']?.value))
  return id === undefined ? null : <Photo id={String(id)} stored={stored} />
}

function Photo({ id, stored }: { id: string; stored: boolean }) {
  const { hasSavePermission, title } = useDocumentInfo()
  const { address, busy, change, isThere, problem, version } = usePhoto(id, stored)
  const photo = isThere && <img alt={`Photo of ${title}`} key={version} src={address} />
  return (
    <section aria-busy={busy} aria-label="Photo" className="vehicle-photo">
      {hasSavePermission ? (
        <PhotoButton
          disabled={busy}
          label={isThere ? 'Replace photo' : 'Add photo'}
          onFile={(file) => void change(sendFile(address, file, 'PUT'), true)}
        >
          {photo}
        </PhotoButton>
      ) : (
        photo
      )}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {hasSavePermission && isThere && !busy && (
        <RemoveButton name="photo" onRemove={() => void change(deleteRow(address), false)} />
      )}
    </section>
  )
}

/** The state of a vehicle's photo, and how to change it. */
function usePhoto(id: string, stored: boolean) {
  const { config } = useConfig()
  const [isThere, setIsThere] = useState(stored)
  const [version, setVersion] = useState(0)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const adoptVersion = useNewVersion('vehicles', id)
  const address = `${config.routes.api}/vehicles/${encodeURIComponent(id)}/image`
  const change = async (
    work: Promise<{ answer: unknown } | { problem: string }>,
    after: boolean,
  ) => {
    setBusy(true)
    const result = await work
    setBusy(false)
    setProblem('problem' in result ? result.problem : null)
    if ('problem' in result) return
    setIsThere(after)
    setVersion((earlier) => earlier + 1)
    await adoptVersion()
  }
  return { address, busy, change, isThere, problem, version }
}

type PhotoButtonProps = {
  children: React.ReactNode
  disabled: boolean
  label: string
  onFile: (file: File) => void
}

function PhotoButton({ children, disabled, label, onFile }: PhotoButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        className="vehicle-photo__change"
        disabled={disabled}
        onClick={() => input.current?.click()}
        title="JPEG, PNG, WebP or HEIC, at most 20 MB"
        type="button"
      >
        {children}
        <span>{label}</span>
      </button>
      <input
        accept=".jpg,.jpeg,.png,.webp,.heic,.heif"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) onFile(file)
          target.value = ''
        }}
        ref={input}
        type="file"
      />
    </>
  )
}
