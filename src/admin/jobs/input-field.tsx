'use client'
import { useId } from 'react'
import type { Field } from './input-values.ts'

type Props = {
  field: Field
  value: string | boolean
  onChange: (value: string | boolean) => void
}

/** One form field: label, required mark, input, and description. */
export function InputField({ field, value, onChange }: Props) {
  const id = useId()
  const { description } = field.schema
  return (
    <div className={`input-field input-field--${field.kind}`}>
      <label htmlFor={id}>
        {field.label}
        {field.required && field.kind !== 'checkbox' && (
          <span className="input-field__required"> *</span>
        )}
      </label>
      <Control
        describedBy={description ? `${id}-means` : undefined}
        field={field}
        id={id}
        onChange={onChange}
        value={value}
      />
      {description && (
        <span className="input-field__means" id={`${id}-means`}>
          {description}
        </span>
      )}
    </div>
  )
}

function Control({
  field,
  id,
  value,
  onChange,
  describedBy,
}: Props & { id: string; describedBy: string | undefined }) {
  const { kind, required, schema } = field
  const about = { id, 'aria-describedby': describedBy }
  if (kind === 'checkbox')
    return (
      <input
        {...about}
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
        type="checkbox"
      />
    )
  const typed = { ...about, required, value: String(value) }
  if (kind === 'choice')
    return (
      <select {...typed} onChange={({ target }) => onChange(target.value)}>
        <option value="">{required ? 'Choose …' : 'Not set'}</option>
        {schema.enum?.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    )
  if (kind === 'json')
    return <textarea {...typed} onChange={({ target }) => onChange(target.value)} rows={3} />
  const limits = kind === 'number' && {
    ...getLimits(schema),
    step: schema.type === 'integer' ? 1 : 'any',
  }
  return (
    <input
      {...typed}
      {...limits}
      onChange={({ target }) => onChange(target.value)}
      type={getInputType(field)}
    />
  )
}

const TYPES: Readonly<Record<string, string>> = { date: 'date', email: 'email', uri: 'url' }

const getInputType = ({ kind, schema }: Field) =>
  kind === 'number' ? 'number' : (TYPES[schema.format ?? ''] ?? 'text')

/** The limits of a number, without those that only state the safe integer range. */
function getLimits({ minimum, maximum }: Field['schema']): { min?: number; max?: number } {
  return {
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { min: minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { max: maximum }),
  }
}
