'use client'
import { type FormEvent, useState } from 'react'
import type { JsonSchema } from '../../../jobs/api-types.ts'
import { InputField } from './input-field.tsx'
import { type Draft, listInputFields, createDraft, parseDraft } from './input-values.ts'

type Props = {
  schema: JsonSchema
  isSending: boolean
  onSend: (input: object) => void
  onCancel: () => void
}

/** The form for a job's input, generated from its JSON schema. */
export function InputForm({ schema, isSending, onSend, onCancel }: Props) {
  const fields = listInputFields(schema)
  const [draft, setDraft] = useState<Draft>(() => createDraft(fields))
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = parseDraft(fields, draft)
    setProblem('problem' in read ? read.problem : null)
    if ('input' in read) onSend(read.input)
  }
  return (
    <form className="input-form" onSubmit={submit}>
      {fields.map((field) => (
        <InputField
          field={field}
          key={field.name}
          onChange={(value) => setDraft({ ...draft, [field.name]: value })}
          value={draft[field.name] ?? ''}
        />
      ))}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <div className="input-form__buttons">
        <button className="jobs__button jobs__button--first" disabled={isSending} type="submit">
          {isSending ? 'Queuing…' : 'Run'}
        </button>
        <button className="jobs__button" onClick={onCancel} type="button">
          Cancel
        </button>
      </div>
    </form>
  )
}
