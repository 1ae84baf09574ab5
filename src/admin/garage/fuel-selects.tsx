'use client'
import { useForm, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientComponent } from 'payload'
import {
  FUEL_TYPES,
  FUEL_TYPE_NAMES,
  parseFuelGrade,
  parseFuelType,
} from '../../garage/domain/fuel-types.ts'
import { ListedSelect } from './listed-select.tsx'

const TYPE_OPTIONS = FUEL_TYPE_NAMES.map((value) => ({ value, label: FUEL_TYPES[value].label }))

/** The type of a fuel. Choosing another type clears a grade that it does not have. */
export const FuelTypeSelect: TextFieldClientComponent = ({ field, path, readOnly }) => {
  const { dispatchFields } = useForm()
  const grade = useFormFields(([fields]) => fields['fuelGrade']?.value)
  const clearGrade = (text: string | null) => {
    const type = parseFuelType(text)
    if (typeof grade !== 'string' || (type && parseFuelGrade(type, grade))) return
    dispatchFields({ type: 'UPDATE', path: 'fuelGrade', value: null })
  }
  return (
    <ListedSelect
      field={field}
      onPick={clearGrade}
      options={TYPE_OPTIONS}
      path={path}
      placeholder="Not known"
      readOnly={readOnly === true}
      unlisted="not in the list"
    />
  )
}

/** The grade of a fuel: one of those that its type has. */
export const FuelGradeSelect: TextFieldClientComponent = ({ field, path, readOnly }) => {
  const type = parseFuelType(useFormFields(([fields]) => fields['fuelType']?.value))
  const stored = useFormFields(([fields]) => fields['fuelGrade']?.value)
  const grades = type ? FUEL_TYPES[type].grades : []
  const placeholder = type
    ? `${FUEL_TYPES[type].label} has no grades`
    : 'Choose the fuel type first'
  return (
    <ListedSelect
      field={field}
      options={grades.map((grade) => ({ value: grade, label: grade }))}
      path={path}
      placeholder={grades.length > 0 ? 'Not known' : placeholder}
      readOnly={readOnly === true || (grades.length === 0 && !stored)}
      unlisted={type ? `not a grade of ${FUEL_TYPES[type].label}` : 'not in the list'}
    />
  )
}
