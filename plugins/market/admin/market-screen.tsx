'use client'
import { SetStepNav } from '@payloadcms/ui'
import { type ReactNode, useState } from 'react'
import { useNow, useVersion } from '../../../src/admin/ui/clock.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import type { OverviewAnswer } from '../endpoints/api-schemas.ts'
import { AlertRules } from './alert-rules.tsx'
import { DecisionList } from './decision-list.tsx'
import { DigestSettingsForm } from './digest-settings.tsx'
import { EvaluateVin } from './evaluate-vin.tsx'
import { OpenAlerts } from './open-alerts.tsx'
import '../../../src/admin/dashboard/lot-today.css'
import '../../../src/admin/ui/jobs.css'
import './market-screen.css'

type Props = { mayAct: boolean; hasVinSource: boolean }

/**
 * The Market screen: the cars to review first, then counts of the whole lot, the evaluation of a
 * VIN, and on demand the open alerts, the alert rules and the daily digest.
 */
export function MarketScreen({ mayAct, hasVinSource }: Props) {
  const [version, reload] = useVersion(0)
  const now = useNow(0, 30_000)
  const { value } = useApi<OverviewAnswer>('/market/overview?limit=1', version)
  return (
    <>
      <SetStepNav nav={[{ label: 'Market' }]} />
      <header className="jobs__head">
        <div>
          <h1>Market</h1>
          <p>Cars whose prices need a decision, with suggestions.</p>
        </div>
      </header>
      <DecisionList mayAct={mayAct} now={now} onChanged={reload} version={version} />
      {value && <Tiles overview={value} />}
      <EvaluateVin hasVinSource={hasVinSource} mayAct={mayAct} now={now} />
      <Fold id="alerts" title="Alerts and rules">
        <OpenAlerts mayAct={mayAct} now={now} onHandled={reload} version={version} />
        <AlertRules mayAct={mayAct} now={now} version={version} />
      </Fold>
      {mayAct && (
        <Fold id="daily-digest" title="Daily digest">
          <DigestSettingsForm now={now} />
        </Fold>
      )}
    </>
  )
}

/**
 * Opens a part of the screen that the address names, such as in the link of an e-mail, and scrolls
 * to it. What is above it loads later, so this is repeated until the reader does something.
 */
function openIfAddressed(part: HTMLDetailsElement | null): (() => void) | undefined {
  if (part === null || location.hash !== `#${part.id}`) return undefined
  part.open = true
  const stop = new AbortController()
  const watch = new ResizeObserver(() => part.scrollIntoView())
  watch.observe(part.parentElement ?? part)
  stop.signal.addEventListener('abort', () => watch.disconnect())
  for (const event of ['wheel', 'keydown', 'pointerdown', 'touchstart'])
    addEventListener(event, () => stop.abort(), { signal: stop.signal, passive: true })
  return () => stop.abort()
}

/** The counts that the list above does not show. */
function Tiles({ overview }: { overview: OverviewAnswer }) {
  const { available, competitive, stale } = overview
  return (
    <dl aria-label="The lot on the market" className="lot-today__tiles market-tiles">
      <Tile count={available} name="Available" />
      <Tile count={competitive} name="In line with the market" />
      <Tile count={stale.count} name="Not compared for a week" />
    </dl>
  )
}

function Tile({ count, name }: { count: number; name: string }) {
  return (
    <div className="lot-tile">
      <dd className="lot-tile__value">{formatInteger(count)}</dd>
      <dt className="lot-tile__label">{name}</dt>
    </div>
  )
}

type FoldProps = {
  id: string
  title: string
  children: ReactNode
}

/** A part of the screen that is loaded when it is opened. An address with its ID opens it. */
function Fold({ id, title, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      className="market-fold"
      id={id}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      ref={openIfAddressed}
    >
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  )
}
