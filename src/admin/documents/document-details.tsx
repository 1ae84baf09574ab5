'use client'
import { TextInput, useField, useFormFields } from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { DETAIL_FIELDS, isDocumentType } from '../../documents/domain/document-details.ts'
import { JsonEditor } from '../json/json-editor.tsx'
import './attached-files.css'

type Details = Readonly<Record<string, unknown>>

/**
 * The details of a document as fields of its type. Details that the type does not have stay, and
 * are shown below.
 */
export const DocumentDetails: JSONFieldClientComponent = (props) => {
  const { path: renderedPath, readOnly } = props
  const type = useFormFields(([fields]) => fields['documentType']?.value)
  const { value, setValue, disabled } = useField<unknown>({ potentiallyStalePath: renderedPath })
  if (!isDocumentType(type))
    return <p className="attached-files__note">Choose the type of document to enter its details.</p>
  if (value !== null && value !== undefined && !isObject(value)) return <JsonEditor {...props} />
  const details: Details = isObject(value) ? value : {}
  const fields = DETAIL_FIELDS[type]
  const names: readonly string[] = fields.map(({ name }) => name)
  const others = Object.entries(details).filter(([name]) => !names.includes(name))
  return (
    <div aria-label="Details" className="document-details" role="group">
      {fields.map(({ name, label }) => (
        <TextInput
          key={name}
          label={label}
          onChange={({ target }: { target: { value: string } }) =>
            setValue({ ...details, [name]: target.value })
          }
          path={`details-${name}`}
          readOnly={Boolean(readOnly) || disabled}
          value={readText(details[name])}
        />
      ))}
      {others.length > 0 && (
        <p className="document-details__others">
          Also stored: {others.map(([name, other]) => `${name} ${readText(other)}`).join(', ')}
        </p>
      )}
    </div>
  )
}

const isObject = (value: unknown): value is Details =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
