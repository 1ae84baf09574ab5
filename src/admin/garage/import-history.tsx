'use client'
import { useState } from 'react'
import { formatCount } from '../../domain/format-count.ts'
import { type ApiResult, sendCsvFile } from '../ui/api.ts'
import { ImportPreview } from './import-preview.tsx'
import { type Answers, buildQuery, ImportQuestions, NO_ANSWERS } from './import-questions.tsx'
import type { ImportResult } from './import-result.ts'

type Props = { address: string }

/** Chooses a file, shows what it contains, asks what is open, and imports it. */
export function ImportHistory({ address }: Props) {
  const [file, setFile] = useState<File | null>(null)
  const [answers, setAnswers] = useState(NO_ANSWERS)
  const [outcome, setOutcome] = useState<ApiResult<ImportResult> | null>(null)
  const [sending, setSending] = useState(false)
  const send = async (chosen: File, given: Answers, dryRun: boolean) => {
    setSending(true)
    const query = buildQuery(given, dryRun)
    setOutcome(await sendCsvFile<ImportResult>(`${address}?${query}`, chosen))
    setSending(false)
  }
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setAnswers(NO_ANSWERS)
    setOutcome(null)
    if (chosen) void send(chosen, NO_ANSWERS, true)
  }
  const answer = (given: Answers) => {
    setAnswers(given)
    if (file) void send(file, given, true)
  }
  const result = outcome && 'answer' in outcome ? outcome.answer : null
  return (
    <div className="history-transfer__import">
      <label className="history-transfer__file">
        <span>File</span>
        <input
          accept=".csv,.txt,text/csv,text/plain"
          disabled={sending}
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
          type="file"
        />
      </label>
      {result?.dryRun && (
        <ImportQuestions answers={answers} disabled={sending} onAnswer={answer} result={result} />
      )}
      <div aria-busy={sending} aria-live="polite" className="history-transfer__result">
        {sending && <p>Reading the file…</p>}
        {outcome && 'problem' in outcome && <p className="jobs__problem">{outcome.problem}</p>}
        {result && <ImportPreview result={result} />}
      </div>
      {file && result?.dryRun && (
        <ImportButton
          count={result.counts.added}
          disabled={sending}
          onImport={() => void send(file, answers, false)}
        />
      )}
    </div>
  )
}

type ButtonProps = {
  count: number
  disabled: boolean
  onImport: () => void
}

function ImportButton({ count, disabled, onImport }: ButtonProps) {
  return (
    <div className="history-transfer__actions">
      <button
        className="jobs__button jobs__button--first"
        disabled={disabled || count === 0}
        onClick={onImport}
        type="button"
      >
        {count === 0 ? 'Nothing to import' : `Import ${formatCount(count, 'row')}`}
      </button>
    </div>
  )
}
