'use client'
import { Link, useConfig } from '@payloadcms/ui'
import type { PaginatedDocs } from 'payload'
import { useRef, useState } from 'react'
import { formatAge } from '../../../src/admin/ui/relative-time.ts'
import type { MarketAlert } from '../../../src/generated/payload-types.ts'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { CarLink } from './car-link.tsx'
import './open-alerts.css'

type Props = {
  version: number
  mayAct: boolean
  now: Date
  onHandled: () => void
}

const MAX_ALERTS = 25
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** For how many days an alert can be snoozed, with the label of each choice. */
const SNOOZES = [
  { days: 1, label: 'A day' },
  { days: 7, label: 'A week' },
  { days: 30, label: 'A month' },
] as const

/**
 * Builds the query for alerts that are neither dismissed nor snoozed nor about a sold car. Changes
 * once a minute.
 */
function buildQuery(now: Date): string {
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS)
  return new URLSearchParams({
    'where[and][0][dismissed][not_equals]': 'true',
    'where[and][1][or][0][snoozedUntilAt][exists]': 'false',
    'where[and][1][or][1][snoozedUntilAt][less_than_equal]': minute.toISOString(),
    'where[and][2][or][0][inventory][exists]': 'false',
    'where[and][2][or][1][inventory.status][not_equals]': 'sold',
    sort: '-raisedAt',
    limit: String(MAX_ALERTS),
  }).toString()
}

/** Open alerts, newest first. After one is dismissed or snoozed, the focus moves to the heading. */
export function OpenAlerts({ version, mayAct, now, onHandled }: Props) {
  const { config } = useConfig()
  const { value, problem } = useApi<PaginatedDocs<MarketAlert>>(
    `/market-alerts?${buildQuery(now)}`,
    version,
  )
  const [handled, setHandled] = useState<readonly string[]>([])
  const alerts = (value?.docs ?? []).filter(({ id }) => !handled.includes(id))
  const heading = useRef<HTMLHeadingElement>(null)
  const handleAlert = (id: string) => {
    setHandled([...handled, id])
    heading.current?.focus()
    onHandled()
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
            onHandled={() => handleAlert(alert.id)}
          />
        ))}
      </ul>
      {more > 0 && (
        <p className="jobs__empty">
          {formatCount(more, 'older alert')} {more === 1 ? 'is' : 'are'} in{' '}
          <Link href={`${config.routes.admin}/collections/market-alerts`} prefetch={false}>
            the list of market alerts
          </Link>
          .
        </p>
      )}
    </section>
  )
}

type AlertProps = {
  alert: MarketAlert
  mayAct: boolean
  now: Date
  onHandled: () => void
}

function OpenAlert({ alert, mayAct, now, onHandled }: AlertProps) {
  const { config } = useConfig()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const change = async (fields: { dismissed: true } | { snoozedUntilAt: string }) => {
    setSending(true)
    const result = await sendCommand(
      `${config.routes.api}/market-alerts/${alert.id}`,
      fields,
      'PATCH',
    )
    setSending(false)
    if ('problem' in result) return setProblem(result.problem)
    onHandled()
  }
  const snooze = (days: number) =>
    change({ snoozedUntilAt: new Date(now.getTime() + days * DAY_MS).toISOString() })
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
        <div className="open-alert__actions">
          <SnoozeMenu
            disabled={sending}
            message={alert.message}
            onSnooze={(days) => void snooze(days)}
          />
          <button
            aria-label={`Dismiss: ${alert.message}`}
            className="jobs__button"
            disabled={sending}
            onClick={() => void change({ dismissed: true })}
            type="button"
          >
            Dismiss
          </button>
        </div>
      )}
    </li>
  )
}

type SnoozeProps = {
  disabled: boolean
  message: string
  onSnooze: (days: number) => void
}

/** A menu that snoozes an alert for the chosen time. */
function SnoozeMenu({ disabled, message, onSnooze }: SnoozeProps) {
  return (
    <select
      aria-label={`Snooze: ${message}`}
      className="jobs__button"
      disabled={disabled}
      onChange={({ target }) => onSnooze(Number(target.value))}
      value=""
    >
      <option disabled value="">
        Snooze for …
      </option>
      {SNOOZES.map(({ days, label }) => (
        <option key={days} value={days}>
          {label}
        </option>
      ))}
    </select>
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
        {`Raised ${formatMoment(raisedAt, now)}, ${formatAge(raisedAt, now)}. `}
        {car && <CarLink id={car}>Open the car</CarLink>}
      </p>
    </>
  )
}
