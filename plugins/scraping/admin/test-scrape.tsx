'use client'
import { useFormModified } from '@payloadcms/ui'
import type { TrialAnswer } from './api-types.ts'
import { TrialReport } from './trial-report.tsx'
import type { TrialState } from './use-trial.ts'

/** The result of a test scrape: the first pages, read like a real run but not saved. */
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
        <p className="jobs__empty">This uses the last saved setup, without your unsaved changes.</p>
      )}
      <div role="status">
        {!result && (
          <div className="watch__reading">
            <span>Reading their first pages. A slow site can take up to a minute.</span>
            <span className="run-progress">
              <progress aria-label="Reading their first pages" />
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
      {announced !== null && `; their site reports ${announced}`}. Nothing was saved.
    </p>
  )
}
