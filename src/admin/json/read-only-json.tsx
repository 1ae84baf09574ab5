'use client'
import { FieldDescription, FieldLabel, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { JSONFieldClientProps } from 'payload'
import type { ReactNode } from 'react'
import './json.css'

type Props = JSONFieldClientProps & { children: (value: unknown) => ReactNode }

/** The frame of a read-only JSON field: its label, `children`, and its description. */
export function ReadOnlyJson({ field, path: renderedPath, children }: Props) {
  const { path, value } = useField<unknown>({ potentiallyStalePath: renderedPath })
  return (
    <div className="field-type read-only-json" id={`field-${path}`} style={mergeFieldStyles(field)}>
      <FieldLabel as="span" label={field.label ?? field.name} path={path} />
      <div className="read-only-json__value">{children(value)}</div>
      <FieldDescription description={field.admin?.description ?? ''} path={path} />
    </div>
  )
}
