'use client'
import { TextareaInput, useField } from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { useState } from 'react'

/**
 * Edits a list of short texts as one text, one entry per line. Drops empty lines and surrounding
 * spaces.
 */
export const FeatureList: JSONFieldClientComponent = ({ field, path: renderedPath, readOnly }) => {
  const { path, value, setValue, showError, disabled } = useField<unknown>({
    potentiallyStalePath: renderedPath,
  })
  const entries = Array.isArray(value) ? value.map(String) : []
  const [typed, setTyped] = useState('')
  // Keep the text as typed, including spaces and empty lines, while it means the same as the form's
  // value.
  const text = isSameList(parseEntries(typed), entries) ? typed : entries.join('\n')
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`
  return (
    <TextareaInput
      AfterInput={<p className="feature-list__count">{count}</p>}
      {...(field.admin?.description &&
        typeof field.admin.description !== 'function' && { description: field.admin.description })}
      {...(field.label && { label: field.label })}
      onChange={({ target }) => {
        setTyped(target.value)
        setValue(parseEntries(target.value))
      }}
      path={path}
      placeholder={String(field.admin?.custom?.['placeholder'] ?? '')}
      readOnly={Boolean(readOnly) || disabled}
      rows={8}
      showError={showError}
      value={text}
    />
  )
}

function parseEntries(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index])
}
