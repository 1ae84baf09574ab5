'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { sendCommand } from '../../../src/admin/jobs/api.ts'
import { formatMoment } from '../../../src/admin/jobs/format.ts'
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

/**
 * A reading that is not believed until somebody has looked: why, and what either decision means.
 */
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
      <h3 id="watch-quarantine">This reading is in quarantine</h3>
      <p>
        {run.error} It began {formatMoment(run.startedAt, now)} and saw {formatFound(run)}.
      </p>
      <p>
        Compare that with their page. Until somebody decides, or a later reading is believed, all
        stays as it was.
      </p>
      {canManage ? (
        <div className="watch__decisions">
          <Decision
            action="accept"
            isSending={pendingAction !== null}
            onDecide={(deed) => void decide(deed)}
          >
            Accept it: their stock is as it says
          </Decision>
          <Decision
            action="discard"
            isSending={pendingAction !== null}
            onDecide={(deed) => void decide(deed)}
          >
            Discard it: their site was wrong
          </Decision>
        </div>
      ) : (
        <p className="jobs__empty">Who manages the lot decides.</p>
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
