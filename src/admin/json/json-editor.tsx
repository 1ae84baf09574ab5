'use client'
import { TextareaInput, useField } from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { useCallback, useState } from 'react'
import './json.css'

/**
 * A text editor for JSON. Replaces Payload's editor, which loads its code from a third-party
 * server. Invalid JSON is not saved, and the field shows the position of the error. Empty text is
 * null.
 */
export const JsonEditor: JSONFieldClientComponent = ({ field, path: renderedPath, readOnly }) => {
  const [typed, setTyped] = useState<string | null>(null)
  const problem = typed === null ? null : findJsonProblem(typed)
  const validate = useCallback(() => problem ?? true, [problem])
  const { path, value, setValue, showError, disabled } = useField<unknown>({
    potentiallyStalePath: renderedPath,
    validate,
  })
  const description = field.admin?.description
  // Keep the text as typed, including spaces and lines, while it means the same as the form's
  // value.
  const isTypedCurrent =
    typed !== null &&
    (problem !== null || JSON.stringify(parseJson(typed)) === JSON.stringify(value ?? null))
  return (
    <TextareaInput
      className="json-editor"
      {...(description && typeof description !== 'function' && { description })}
      {...(field.label && { label: field.label })}
      {...(problem && { AfterInput: <p className="json-editor__problem">{problem}</p> })}
      onChange={({ target }) => {
        setTyped(target.value)
        setValue(findJsonProblem(target.value) ? target.value : parseJson(target.value))
      }}
      path={path}
      placeholder={'{\n  "name": "value"\n}'}
      readOnly={Boolean(readOnly) || disabled}
      required={field.required === true}
      rows={6}
      showError={showError}
      value={isTypedCurrent ? typed : formatJson(value)}
    />
  )
}

const parseJson = (text: string): unknown => (text.trim() === '' ? null : JSON.parse(text))
const formatJson = (value: unknown): string =>
  value === null || value === undefined ? '' : JSON.stringify(value, null, 2)

function findJsonProblem(text: string): string | null {
  try {
    parseJson(text)
    return null
  } catch (error) {
    return `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}
