'use client'
import { useAuth, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { useNow } from '../ui/clock.ts'
import { UndoButton } from './undo-button.tsx'
import '../ui/jobs.css'
import './stock-work.css'

const DAY_MS = 86_400_000

/** On the screen of a bulk price change: undoes it, while that is possible. For managers. */
export function UndoBatch() {
  const { id } = useDocumentInfo()
  const { permissions } = useAuth()
  const router = useRouter()
  const now = useNow(0, 60_000)
  const changedAt = useFormFields(([fields]) => fields['changedAt']?.value)
  const undoneAt = useFormFields(([fields]) => fields['undoneAt']?.value)
  if (id === undefined || !permissions?.collections?.['inventory']?.update) return null
  if (undoneAt) return <p className="jobs__empty">This change was undone.</p>
  if (now.getTime() - Date.parse(String(changedAt)) > DAY_MS)
    return <p className="jobs__empty">This change is older than a day: it can’t be undone.</p>
  return <UndoButton batch={String(id)} onUndone={() => router.refresh()} />
}
