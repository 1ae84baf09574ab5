'use client'
import { useAuth, useConfig, useDocumentInfo, useFormFields, useFormModified } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'
import { fetchAnswer } from '../../../src/admin/ui/api.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { DeliveryActions, type DeliveryForm, Outcome } from './delivery-actions.tsx'
import { DeliveryTable } from './delivery-table.tsx'
import type { DeliveryStatusAnswer } from './delivery-types.ts'
import { Credentials } from './feed-credentials.tsx'
import { useFeedCommand } from './use-feed-command.ts'
import '../../../src/admin/ui/jobs.css'
import './feed-delivery.css'

/** How a feed was delivered lately, with what managers can do about it. On the screen of a feed. */
export function FeedDelivery() {
  const { api } = useConfig().config.routes
  const { id } = useDocumentInfo()
  const feed = useFormFields(([fields]) => fields['feed']?.value as string | undefined)
  const form = useDeliveryForm()
  const canManage = useCanManage()
  const address = `${api}/exports/${feed ?? ''}`
  const { status, problem, reload } = useDeliveryStatus(address)
  const { outcome, isBusy, send, clearQueued } = useFeedCommand(reload)
  const lastRunAt = status?.lastRunAt
  useEffect(clearQueued, [clearQueued, lastRunAt])
  if (!id || !feed) return null
  return (
    <section aria-labelledby="feed-delivery" className="field-type feed-delivery">
      <h3 id="feed-delivery">Deliveries</h3>
      {status && (
        <p>
          {describeTime(form, status.schedule)}
          {lastRunAt && ` Last run: ${formatMoment(lastRunAt, new Date())}.`}
        </p>
      )}
      {status && canManage && (
        <DeliveryActions
          form={form}
          hasPullKey={status.hasPullKey}
          isBusy={isBusy}
          onCommand={(command) => void send(`${address}/${command}`)}
        />
      )}
      {outcome && <Outcome outcome={outcome} />}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {status && canManage && isSignedIn(form) && (
        <Credentials
          onSave={(secrets) => void send(`${address}/credentials`, secrets, 'PUT')}
          status={status}
          takesKey={form.channel === 'sftp'}
        />
      )}
      {status && (
        <DeliveryTable
          canManage={canManage && !isBusy}
          deliveries={status.deliveries}
          onDecide={(delivery, action) =>
            void send(`${api}/feed-deliveries/${delivery.id}/${action}`)
          }
        />
      )}
    </section>
  )
}

const isSignedIn = ({ channel }: DeliveryForm): boolean =>
  channel === 'ftp' || channel === 'ftps' || channel === 'sftp'

function describeTime({ channel, isEnabled }: DeliveryForm, schedule: string | null): string {
  if (channel === 'none') return 'Not delivered. Choose how the receiver gets the file.'
  if (!isEnabled) return 'Not delivered: the feed is turned off. Turn on Enabled first.'
  return schedule ? `Delivered ${schedule}.` : 'Delivered only on request.'
}

function useDeliveryForm(): DeliveryForm {
  const channel = useFormFields(([fields]) => fields['delivery']?.value as string | undefined)
  const isEnabled = useFormFields(([fields]) => fields['enabled']?.value === true)
  return { channel, isEnabled, isUnsaved: useFormModified() }
}

function useCanManage(): boolean {
  const { user } = useAuth<{ role?: string }>()
  return user?.role === 'manager' || user?.role === 'admin'
}

function useDeliveryStatus(address: string) {
  const [status, setStatus] = useState<DeliveryStatusAnswer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const reload = useCallback(async () => {
    const result = await fetchAnswer<DeliveryStatusAnswer>(`${address}/delivery`)
    if ('answer' in result) setStatus(result.answer)
    setProblem('problem' in result ? result.problem : null)
  }, [address])
  useEffect(() => {
    void reload()
    const timer = setInterval(() => void reload(), RELOAD_MS)
    return () => clearInterval(timer)
  }, [reload])
  return { status, problem, reload }
}

const RELOAD_MS = 5_000
