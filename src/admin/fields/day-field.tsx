'use client'
import { TextInput, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { TextFieldClientComponent } from 'payload'

/**
 * Attributes that turn Payload's text input into a date picker. Years of more than four digits are
 * not supported by the database.
 */
const CALENDAR = { autoComplete: 'off', type: 'date', min: '0001-01-01', max: '9999-12-31' }

/**
 * A calendar day, `YYYY-MM-DD`, picked with the browser's date picker. The same day in every time
 * zone; null when cleared.
 */
export const DayField: TextFieldClientComponent = ({ field, path: renderedPath, readOnly }) => {
  const { path, value, setValue, showError, disabled } = useField<string | null>({
    potentiallyStalePath: renderedPath,
  })
  const description = field.admin?.description
  return (
    <TextInput
      className="day-field"
      htmlAttributes={CALENDAR}
      {...(description && typeof description !== 'function' && { description })}
      {...(field.label && { label: field.label })}
      onChange={({ target }: { target: HTMLInputElement }) => setValue(target.value || null)}
      path={path}
      readOnly={Boolean(readOnly) || disabled}
      required={field.required === true}
      showError={showError}
      style={mergeFieldStyles(field)}
      value={value ?? ''}
    />
  )
}
