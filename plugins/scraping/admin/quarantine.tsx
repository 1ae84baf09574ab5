'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { send } from '../../../src/admin/jobs/ask.ts'
import { momentWords } from '../../../src/admin/jobs/words.ts'
import type { DecidedAnswer, ReadingAnswer } from './answers.ts'
import { foundWords } from './words.ts'

type Props = { id: string; reading: ReadingAnswer; mayAct: boolean; now: Date; onDecided: () => void }

type Deed = 'accept' | 'discard'

/** A reading that is not believed until somebody has looked: why, and what either decision means. */
export function Quarantine({ id, reading, mayAct, now, onDecided }: Props) {
  const { config } = useConfig()
  const [sent, setSent] = useState<Deed | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const decide = async (deed: Deed) => {
    setSent(deed)
    const said = await send<DecidedAnswer>(`${config.routes.api}/competitors/${id}/runs/${reading.id}/${deed}`)
    setProblem('problem' in said ? said.problem : null)
    if ('problem' in said) setSent(null)
    onDecided()
  }
  return (
    <section aria-labelledby="watch-quarantine" className="watch__quarantine">
      <h3 id="watch-quarantine">This reading is in quarantine</h3>
      <p>
        {reading.error} It began {momentWords(reading.startedAt, now)} and saw {foundWords(reading)}.
      </p>
      <p>Compare that with their page. Until somebody decides, or a later reading is believed, all stays as it was.</p>
      {mayAct ? (
        <div className="watch__decisions">
          <Decision deed="accept" isSending={sent !== null} onDecide={(deed) => void decide(deed)}>
            Accept it: their stock is as it says
          </Decision>
          <Decision deed="discard" isSending={sent !== null} onDecide={(deed) => void decide(deed)}>
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

type DecisionProps = { deed: Deed; isSending: boolean; onDecide: (deed: Deed) => void; children: string }

function Decision({ deed, isSending, onDecide, children }: DecisionProps) {
  return (
    <button className="jobs__button" disabled={isSending} onClick={() => onDecide(deed)} type="button">
      {children}
    </button>
  )
}
