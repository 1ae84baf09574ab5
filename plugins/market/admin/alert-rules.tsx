'use client'
import { Link, useConfig } from '@payloadcms/ui'
import type { PaginatedDocs } from 'payload'
import type { MarketAlertRule } from '../../../src/generated/payload-types.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { ALERT_TYPES } from '../domain/alert.ts'

type Props = {
  version: number
  mayAct: boolean
  now: Date
}

/** Lists the alert rules, each with a link to its form. Managers can add rules. */
export function AlertRules({ version, mayAct, now }: Props) {
  const { config } = useConfig()
  const { value, problem } = useApi<PaginatedDocs<MarketAlertRule>>(
    '/market-alert-rules?sort=name&limit=100',
    version,
  )
  const rules = `${config.routes.admin}/collections/market-alert-rules`
  return (
    <section aria-labelledby="market-rules" className="jobs__section">
      <header className="jobs__section-head">
        <h2 id="market-rules">Alert rules</h2>
        {mayAct && (
          <Link className="jobs__button market-add" href={`${rules}/create`} prefetch={false}>
            Add a rule
          </Link>
        )}
      </header>
      {!value && <p className="jobs__empty">{problem ?? 'Loading…'}</p>}
      {value?.docs.length === 0 && (
        <p className="jobs__empty">
          No alert rules yet, so no alerts are raised. A rule sets how far from the market a price
          must be to raise an alert.
        </p>
      )}
      <ul className="market-rules">
        {value?.docs.map((rule) => (
          <li key={rule.id}>
            <Link href={`${rules}/${rule.id}`} prefetch={false}>
              {rule.name}
            </Link>
            <span>{describeRule(rule)}</span>
            <span className="market-rules__state">{describeState(rule, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function describeRule(rule: MarketAlertRule): string {
  const { alertType, cooldownHours } = rule
  const then =
    cooldownHours === 0 ? '' : ` After dismissal, quiet for ${describeHours(cooldownHours)}.`
  return `${ALERT_TYPES[alertType]}${describeThreshold(rule)}.${then}`
}

/** `7 days`, or `36 hours`. */
const describeHours = (hours: number): string =>
  hours % 24 === 0 ? formatCount(hours / 24, 'day') : formatCount(hours, 'hour')

function describeThreshold(rule: MarketAlertRule): string {
  const { alertType, thresholdDays, thresholdPercent } = rule
  switch (alertType) {
    case 'no_market_data':
      return ''
    case 'stale':
      return `: ${formatCount(thresholdDays, 'day')} or more`
    case 'market_moved':
    case 'supply_moved':
      return `, by ${thresholdPercent}% or more within two weeks`
    default:
      return `, by ${thresholdPercent}% or more`
  }
}

function describeState({ active, mutedUntilAt }: MarketAlertRule, now: Date): string {
  if (active !== true) return 'Off'
  return mutedUntilAt && Date.parse(mutedUntilAt) > now.getTime()
    ? `Muted until ${formatMoment(mutedUntilAt, now)}`
    : 'On'
}
