import type { SelectField, SelectFieldSingleValidation } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'

/**
 * One of a few values: VARCHAR(length) with a CHECK, so that the database enforces it too.
 * `options` maps each value to its label.
 */
export function choice<Value extends string>(
  name: string,
  length: number,
  options: Readonly<Record<Value, string>>,
  rest: FieldOptions & { defaultValue?: NoInfer<Value> } = {},
): SelectField {
  const { defaultValue, ...fieldOptions } = rest
  const values = Object.keys(options) as Value[]
  const validate: SelectFieldSingleValidation = (value: unknown, { required }) => {
    if (value === null || value === undefined || value === '')
      return required ? `must be one of ${values.join(', ')}` : true
    const isOption = typeof value === 'string' && Object.hasOwn(options, value)
    return (
      isOption || `must be one of ${values.join(', ')}, not ${JSON.stringify(value).slice(0, 40)}`
    )
  }
  return {
    type: 'select',
    validate,
    options: values.map((value) => ({ value, label: options[value] })),
    ...(defaultValue !== undefined && { defaultValue }),
    ...buildFieldBase(name, fieldOptions, { type: { kind: 'varchar', length }, oneOf: values }),
  }
}
