import type { SelectField } from 'payload'
import { type FieldOptions, fieldBase } from './column.ts'

/** One of a few values: VARCHAR(length) with a CHECK, so that the database holds it too. `options` maps each value to what people read. */
export function choice<Value extends string>(
  name: string,
  length: number,
  options: Readonly<Record<Value, string>>,
  rest: FieldOptions & { defaultValue?: NoInfer<Value> } = {},
): SelectField {
  const { defaultValue, ...said } = rest
  const values = Object.keys(options) as Value[]
  return {
    type: 'select',
    options: values.map((value) => ({ value, label: options[value] })),
    ...(defaultValue !== undefined && { defaultValue }),
    ...fieldBase(name, said, { type: { kind: 'varchar', length }, oneOf: values }),
  } as SelectField
}
