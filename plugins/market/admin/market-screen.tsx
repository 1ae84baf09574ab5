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

/**
 * The Market screen: the prices to decide first, then counts of the whole lot, the evaluation of a
 * VIN, and on demand the open alerts, the alert rules and the daily digest.
 */
export function MarketScreen({ mayAct }: { mayAct: boolean }) {
  const [version, reload] = useVersion(0)
  const now = useNow(0, 30_000)
  const { value } = useApi<OverviewAnswer>('/market/overview?limit=1', version)
  return (
    <>
      <SetStepNav nav={[{ label: 'Market' }]} />
      <header className="jobs__head">
        <div>
          <h1>Market</h1>
          <p>Which prices to change, and to what.</p>
        </div>
      </header>
      <DecisionList mayAct={mayAct} now={now} onChanged={reload} version={version} />
      {value && <Tiles overview={value} />}
      <EvaluateVin mayAct={mayAct} now={now} />
      <Fold title="Alerts and their rules">
        <OpenAlerts mayAct={mayAct} now={now} onHandled={reload} version={version} />
        <AlertRules mayAct={mayAct} now={now} version={version} />
      </Fold>
      {mayAct && (
        <Fold title="Daily digest">
          <DigestSettingsForm />
        </Fold>
      )}
    </>
  )
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

/** A part of the screen that is loaded when it is opened. */
function Fold({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="market-fold" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  )
}
