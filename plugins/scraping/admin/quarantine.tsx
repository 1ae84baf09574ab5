'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import type { DecisionAnswer, ScrapeRunAnswer } from './api-types.ts'
import { formatFound } from './format.ts'

type Props = {
  id: string
  run: ScrapeRunAnswer
  canManage: boolean
  now: Date
  onDecided: () => void
}

type QuarantineAction = 'accept' | 'discard'

/** A quarantined run: why, and the decision to accept or discard it. */
export function Quarantine({ id, run, canManage, now, onDecided }: Props) {
  const { config } = useConfig()
  const [pendingAction, setPendingAction] = useState<QuarantineAction | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const decide = async (action: QuarantineAction) => {
    setPendingAction(action)
    const result = await sendCommand<DecisionAnswer>(
      `${config.routes.api}/competitors/${id}/runs/${run.id}/${action}`,
    )
    setProblem('problem' in result ? result.problem : null)
    if ('problem' in result) setPendingAction(null)
    onDecided()
  }
  return (
    <section aria-labelledby="watch-quarantine" className="watch__quarantine">
      <h3 id="watch-quarantine">This run is in quarantine</h3>
      <p>
        {run.error} It started {formatMoment(run.startedAt, now)} and found {formatFound(run)}.
      </p>
      <p>
        Compare this with their page. Nothing changes until someone decides or a later run is
        accepted.
      </p>
      {canManage ? (
        <div className="watch__decisions">
          <Decision
            action="accept"
            isSending={pendingAction !== null}
            onDecide={(action) => void decide(action)}
          >
            Accept this result
          </Decision>
          <Decision
            action="discard"
            isSending={pendingAction !== null}
            onDecide={(action) => void decide(action)}
          >
            Discard this result
          </Decision>
        </div>
      ) : (
        <p className="jobs__empty">A manager has to decide.</p>
      )}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

type DecisionProps = {
  action: QuarantineAction
  isSending: boolean
  onDecide: (action: QuarantineAction) => void
  children: string
}

function Decision({ action, isSending, onDecide, children }: DecisionProps) {
  return (
    <button
      className="jobs__button"
      disabled={isSending}
      onClick={() => onDecide(action)}
      type="button"
    >
      {children}
    </button>
  )
}
