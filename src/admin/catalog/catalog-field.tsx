'use client'
import { useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { TextFieldClientComponent } from 'payload'
import { Combobox } from './combobox.tsx'
import { useSuggestions } from './use-suggestions.ts'

/**
 * The make, model or trim of a car: any text, with the values that the catalog has for the fields
 * before it as suggestions. Without any, it is a plain text field.
 */
export const CatalogField: TextFieldClientComponent = ({ field, path: renderedPath, readOnly }) => {
  const { path, value, setValue, showError, disabled } = useField<string | null>({
    potentiallyStalePath: renderedPath,
  })
  const { suggestions, load } = useSuggestions(field.name)
  const description = field.admin?.description
  return (
    <Combobox
      onChange={setValue}
      onFocus={load}
      path={path}
      readOnly={Boolean(readOnly) || disabled}
      required={field.required === true}
      showError={showError}
      style={mergeFieldStyles(field)}
      suggestions={suggestions}
      value={value ?? ''}
      {...(description && typeof description !== 'function' && { description })}
      {...(field.label && { label: field.label })}
    />
  )
}
