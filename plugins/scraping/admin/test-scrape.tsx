'use client'
import { useFormModified } from '@payloadcms/ui'
import type { TrialAnswer } from './api-types.ts'
import { TrialReport } from './trial-report.tsx'
import type { TrialState } from './use-trial.ts'

/** What the first pages of a competitor give, read as a reading would and kept nowhere. */
export function TestScrape({ trial: { result, close } }: { trial: TrialState }) {
  const isUnsaved = useFormModified()
  return (
    <section aria-labelledby="watch-trial" className="watch__trial">
      <header className="watch__trial-head">
        <h3 id="watch-trial">Test scrape</h3>
        <button className="jobs__button" onClick={close} type="button">
          Close
        </button>
      </header>
      {isUnsaved && (
        <p className="jobs__empty">
          It goes by the set-up as it was saved last; what you changed since is not in it.
        </p>
      )}
      <div role="status">
        {!result && (
          <div className="watch__reading">
            <span>Their first pages are read. A slow site takes up to a minute.</span>
            <span className="run-progress">
              <progress aria-label="Their first pages are read" />
            </span>
          </div>
        )}
        {result && 'answer' in result && <TrialOutcome trial={result.answer} />}
      </div>
      {result && 'problem' in result && (
        <p className="jobs__problem" role="alert">
          {result.problem}
        </p>
      )}
      {result && 'answer' in result && !result.answer.problem && (
        <TrialReport trial={result.answer} />
      )}
    </section>
  )
}

function TrialOutcome({
  trial: { problem, platform, pages, found, announced },
}: {
  trial: TrialAnswer
}) {
  if (problem) return <p className="jobs__problem">{problem.message}</p>
  return (
    <p>
      <strong>{`${found} ${found === 1 ? 'car' : 'cars'}`}</strong> on{' '}
      {pages === 1 ? 'the first page' : `the first ${pages} pages`}, read as {platform}
      {announced !== null && `; their site says that it has ${announced}`}. Nothing of this was
      kept.
    </p>
  )
}
