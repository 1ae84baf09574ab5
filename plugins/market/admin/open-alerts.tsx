'use client'
import { useConfig } from '@payloadcms/ui'
import type { PaginatedDocs } from 'payload'
import { useRef, useState } from 'react'
import { formatRelativeTime } from '../../../src/admin/ui/relative-time.ts'
import type { MarketAlert } from '../../../src/generated/payload-types.ts'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { CarLink } from './car-link.tsx'
import './open-alerts.css'

type Props = { version: number; mayAct: boolean; now: Date; onDismissed: () => void }

const MAX_ALERTS = 25
const QUERY = new URLSearchParams({
  'where[dismissed][not_equals]': 'true',
  sort: '-raisedAt',
  limit: String(MAX_ALERTS),
}).toString()

/** Open alerts, newest first. After a dismissal, the focus moves to the heading. */
export function OpenAlerts({ version, mayAct, now, onDismissed }: Props) {
  const { value, problem } = useApi<PaginatedDocs<MarketAlert>>(`/market-alerts?${QUERY}`, version)
  const [dismissed, setDismissed] = useState<readonly string[]>([])
  const alerts = (value?.docs ?? []).filter(({ id }) => !dismissed.includes(id))
  const heading = useRef<HTMLHeadingElement>(null)
  const handleDismissed = (id: string) => {
    setDismissed([...dismissed, id])
    heading.current?.focus()
    onDismissed()
  }
  const more = value ? value.totalDocs - value.docs.length : 0
  return (
    <section aria-labelledby="market-alerts" className="jobs__section">
      <h2 id="market-alerts" ref={heading} tabIndex={-1}>
        Open alerts
      </h2>
      {!value && <p className="jobs__empty">{problem ?? 'Loading…'}</p>}
      {value && alerts.length === 0 && more === 0 && (
        <p className="jobs__empty">No open alerts. The rules below set when a car raises one.</p>
      )}
      <ul className="open-alerts">
        {alerts.map((alert) => (
          <OpenAlert
            alert={alert}
            key={alert.id}
            mayAct={mayAct}
            now={now}
            onDismissed={() => handleDismissed(alert.id)}
          />
        ))}
      </ul>
      {more > 0 && (
        <p className="jobs__empty">
          {formatCount(more, 'older alert')} {more === 1 ? 'is' : 'are'} in the list of market
          alerts.
        </p>
      )}
    </section>
  )
}

type AlertProps = { alert: MarketAlert; mayAct: boolean; now: Date; onDismissed: () => void }

function OpenAlert({ alert, mayAct, now, onDismissed }: AlertProps) {
  const { config } = useConfig()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const dismiss = async () => {
    setSending(true)
    const result = await sendCommand(
      `${config.routes.api}/market-alerts/${alert.id}`,
      { dismissed: true },
      'PATCH',
    )
    setSending(false)
    if ('problem' in result) return setProblem(result.problem)
    onDismissed()
  }
  return (
    <li className={`open-alert open-alert--${alert.severity}`}>
      <div className="open-alert__words">
        <AlertText alert={alert} now={now} />
        {problem && (
          <p className="jobs__problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      {mayAct && (
        <button
          aria-label={`Dismiss: ${alert.message}`}
          className="jobs__button"
          disabled={sending}
          onClick={() => void dismiss()}
          type="button"
        >
          {sending ? 'Dismissing …' : 'Dismiss'}
        </button>
      )}
    </li>
  )
}

/** The message of an alert, when it was raised, and a link to the car. */
function AlertText({
  alert: { inventory, message, raisedAt, severity },
  now,
}: {
  alert: MarketAlert
  now: Date
}) {
  const car = typeof inventory === 'string' ? inventory : null
  return (
    <>
      <p>
        {severity === 'critical' && <strong>Critical. </strong>}
        {message}
      </p>
      <p className="jobs__empty">
        {`Raised ${formatMoment(raisedAt, now)}, ${formatRelativeTime(new Date(raisedAt), now)}. `}
        {car && <CarLink id={car}>Open the car</CarLink>}
      </p>
    </>
  )
}
