'use client'
import { SelectInput, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { JSONFieldClient, TextFieldClient } from 'payload'

export type ListedOption = { value: string; label: string }

type Props = {
  field: TextFieldClient | JSONFieldClient
  path: string
  readOnly: boolean
  options: readonly ListedOption[]
  /** What is wrong with a stored value that is not an option; null while the options load. */
  unlisted: string | null
  placeholder: string
  hasMany?: boolean
  /** Called after the field has its new value; null if it was cleared. */
  onPick?: (value: string | null) => void
}

/**
 * A text, or a list of texts, that is chosen from options. A stored value that is not one of them
 * stays as it is, and is shown with the reason.
 */
export function ListedSelect({ field, path: renderedPath, options, hasMany, ...props }: Props) {
  const { path, value, setValue, showError, disabled } = useField<unknown>({
    potentiallyStalePath: renderedPath,
  })
  const stored = readTexts(value)
  const description = field.admin?.description
  const onChange = (picked: unknown) => {
    const texts = readTexts(picked)
    setValue(hasMany ? (texts.length > 0 ? texts : null) : (texts[0] ?? null))
    props.onPick?.(texts[0] ?? null)
  }
  return (
    <SelectInput
      {...(description && typeof description !== 'function' && { description })}
      {...(field.label && { label: field.label })}
      hasMany={hasMany === true}
      isClearable={field.required !== true}
      name={field.name}
      onChange={onChange}
      options={addUnlisted(options, stored, props.unlisted)}
      path={path}
      placeholder={props.placeholder}
      readOnly={props.readOnly || disabled}
      required={field.required === true}
      showError={showError}
      style={mergeFieldStyles(field)}
      value={hasMany ? stored : (stored[0] ?? '')}
    />
  )
}

/** The options, and those stored values that are not among them. */
function addUnlisted(
  options: readonly ListedOption[],
  stored: readonly string[],
  unlisted: string | null,
): ListedOption[] {
  const listed = new Set(options.map(({ value }) => value))
  const others = stored.filter((value) => !listed.has(value))
  const describe = (value: string) => (unlisted === null ? value : `${value} (${unlisted})`)
  return [...options, ...others.map((value) => ({ value, label: describe(value) }))]
}

/** The texts of a stored value or of what was picked: one, several, or none. */
function readTexts(value: unknown): string[] {
  const entries = Array.isArray(value) ? value : [value]
  return entries.flatMap((entry: unknown) => {
    const text = isOption(entry) ? entry.value : entry
    return typeof text === 'string' && text !== '' ? [text] : []
  })
}

const isOption = (entry: unknown): entry is { value: unknown } =>
  typeof entry === 'object' && entry !== null && 'value' in entry
