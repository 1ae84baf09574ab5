'use client'
import { useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useState } from 'react'
import { deleteRow, sendFile } from '../ui/api.ts'
import '../ui/jobs.css'
import './attached-files.css'
import { ChooseFiles } from './choose-files.tsx'
import { RemoveButton } from './remove-button.tsx'
import { useNewVersion } from './use-new-version.ts'

/** The photo of a saved vehicle, and how to change it. */
export function VehiclePhoto() {
  const { id } = useDocumentInfo()
  const stored = useFormFields(([fields]) => Boolean(fields['imageKey']?.value))
  return id === undefined ? null : <Photo id={String(id)} stored={stored} />
}

function Photo({ id, stored }: { id: string; stored: boolean }) {
  const { config } = useConfig()
  const { hasSavePermission, title } = useDocumentInfo()
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
  return (
    <section aria-busy={busy} aria-label="Photo" className="attached-files vehicle-photo">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {isThere && <img alt={`Photo of ${title}`} key={version} src={address} />}
      {hasSavePermission && (
        <ChooseFiles
          accept=".jpg,.jpeg,.png,.webp,.heic,.heif"
          disabled={busy}
          help="JPEG, PNG, WebP or HEIC, at most 20 MB."
          label={isThere ? 'Replace photo' : 'Add photo'}
          onFiles={([file]) => file && void change(sendFile(address, file, 'PUT'), true)}
        />
      )}
      {hasSavePermission && isThere && !busy && (
        <RemoveButton name="photo" onRemove={() => void change(deleteRow(address), false)} />
      )}
    </section>
  )
}
