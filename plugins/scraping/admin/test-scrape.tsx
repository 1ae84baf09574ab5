'use client'
import { useFormModified } from '@payloadcms/ui'
import type { TestScrapeAnswer } from './api-types.ts'
import { TestScrapeReport } from './test-scrape-report.tsx'
import type { TestScrapeState } from './use-test-scrape.ts'

/** The result of a test scrape: the first pages, read as in a run but not saved. */
export function TestScrape({ testScrape: { result, close } }: { testScrape: TestScrapeState }) {
  const isUnsaved = useFormModified()
  return (
    <section aria-labelledby="watch-test-scrape" className="watch__test-scrape">
      <header className="watch__test-scrape-head">
        <h3 id="watch-test-scrape">Test scrape</h3>
        <button className="jobs__button" onClick={close} type="button">
          Close
        </button>
      </header>
      {isUnsaved && (
        <p className="jobs__empty">This uses the last saved setup, without your unsaved changes.</p>
      )}
      <div role="status">
        {!result && (
          <div className="watch__progress">
            <span>Reading their first pages. A slow site can take up to a minute.</span>
            <span className="run-progress">
              <progress aria-label="Reading their first pages" />
            </span>
          </div>
        )}
        {result && 'answer' in result && <TestScrapeOutcome testScrape={result.answer} />}
      </div>
      {result && 'problem' in result && (
        <p className="jobs__problem" role="alert">
          {result.problem}
        </p>
      )}
      {result && 'answer' in result && !result.answer.problem && (
        <TestScrapeReport testScrape={result.answer} />
      )}
    </section>
  )
}

function TestScrapeOutcome({
  testScrape: { problem, platform, pages, found, announced },
}: {
  testScrape: TestScrapeAnswer
}) {
  if (problem) return <p className="jobs__problem">{problem.message}</p>
  return (
    <p>
      <strong>{`${found} ${found === 1 ? 'car' : 'cars'}`}</strong> on{' '}
      {pages === 1 ? 'the first page' : `the first ${pages} pages`}, read with the {platform}{' '}
      platform
      {announced !== null && `; their site reports ${announced}`}. Nothing was saved.
    </p>
  )
}
