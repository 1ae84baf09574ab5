'use client'
import { TextInput, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { TextFieldClientComponent } from 'payload'

/**
 * What makes Payload's text input a calendar. A year of more than four digits is no day that the
 * database is asked to keep.
 */
const CALENDAR = { autoComplete: 'off', type: 'date', min: '0001-01-01', max: '9999-12-31' }

/**
 * A calendar day, `YYYY-MM-DD`, picked from the browser's own calendar. The same day in every zone;
 * null when it is emptied.
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
