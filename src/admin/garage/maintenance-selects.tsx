'use client'
import { useForm, useFormFields } from '@payloadcms/ui'
import type { JSONFieldClientComponent, TextFieldClientComponent } from 'payload'
import { normalizeWord } from '../../garage/domain/maintenance-words.ts'
import { useApi } from '../ui/use-api.ts'
import { type ListedOption, ListedSelect } from './listed-select.tsx'

type Category = { category: string; subtypes: readonly string[] }

/** The categories of maintenance with the subtypes that are in use; null while they load. */
function useCategories() {
  const { value, problem } = useApi<{ categories: readonly Category[] }>('/maintenance/subtypes', 0)
  return { categories: value?.categories ?? null, problem }
}

const findCategory = (categories: readonly Category[] | null, name: unknown) =>
  typeof name === 'string'
    ? categories?.find(({ category }) => normalizeWord(category) === normalizeWord(name))
    : undefined

const toOption = (word: string): ListedOption => ({ value: word, label: word })

/** The category of a log or a schedule. Choosing another one clears the subtypes it lacks. */
export const CategorySelect: TextFieldClientComponent = ({ field, path, readOnly }) => {
  const { categories, problem } = useCategories()
  const { dispatchFields } = useForm()
  const subtypes = useFormFields(([fields]) => fields['subtypes']?.value)
  const clearSubtypes = (name: string | null) => {
    if (!Array.isArray(subtypes)) return
    const known = findCategory(categories, name)?.subtypes ?? []
    const kept = subtypes.filter((subtype: unknown) => known.some((one) => one === subtype))
    dispatchFields({ type: 'UPDATE', path: 'subtypes', value: kept.length > 0 ? kept : null })
  }
  return (
    <ListedSelect
      field={field}
      onPick={clearSubtypes}
      options={(categories ?? []).map(({ category }) => toOption(category))}
      path={path}
      placeholder={problem ?? 'Choose a category'}
      readOnly={readOnly === true}
      unlisted={categories && 'not in use'}
    />
  )
}

/** The subtypes of a log or a schedule: any of those that its category has. */
export const SubtypesSelect: JSONFieldClientComponent = ({ field, path, readOnly }) => {
  const { categories, problem } = useCategories()
  const name = useFormFields(([fields]) => fields['category']?.value)
  const known = findCategory(categories, name)
  const placeholder = name ? 'Any of this category' : 'Choose the category first'
  return (
    <ListedSelect
      field={field}
      hasMany
      options={(known?.subtypes ?? []).map(toOption)}
      path={path}
      placeholder={problem ?? placeholder}
      readOnly={readOnly === true}
      unlisted={categories && 'not in use'}
    />
  )
}
