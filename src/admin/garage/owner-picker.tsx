'use client'
import { Button, FieldDescription, FieldError, FieldLabel, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { TextFieldClientComponent } from 'payload'
import { useState } from 'react'
import { OwnerBox } from './owner-box.tsx'
import { type Owner, useOwnerBySubject } from './owner-search.ts'
import './owner.css'

/**
 * The owner field: searchable by e-mail while the row is created, shown by e-mail afterwards. The
 * stored value is the owner's subject.
 */
export const OwnerPicker: TextFieldClientComponent = ({ field, path: renderedPath, readOnly }) => {
  const { path, value, setValue, showError, disabled } = useField<string | null>({
    potentiallyStalePath: renderedPath,
  })
  const [picked, setPicked] = useState<Owner | null>(null)
  const pick = (owner: Owner | null) => {
    setPicked(owner)
    setValue(owner?.auth0Sub ?? null)
  }
  return (
    <div
      className={`field-type text owner-picker${showError ? ' error' : ''}`}
      style={mergeFieldStyles(field)}
    >
      <FieldLabel label={field.label ?? 'Owner'} path={path} required={field.required === true} />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError} />
        {value ? (
          <PickedOwner
            knownOwner={picked}
            subject={value}
            {...(!readOnly && { disabled, onDrop: () => pick(null) })}
          />
        ) : (
          <OwnerBox disabled={Boolean(readOnly) || disabled} id={`field-${path}`} onPick={pick} />
        )}
      </div>
      {!readOnly && <FieldDescription description={field.admin?.description ?? ''} path={path} />}
    </div>
  )
}

type PickedOwnerProps = {
  subject: string
  knownOwner: Owner | null
  disabled?: boolean
  onDrop?: () => void
}

function PickedOwner({ subject, knownOwner, disabled, onDrop }: PickedOwnerProps) {
  const remembered = knownOwner?.auth0Sub === subject ? knownOwner : null
  const { isLoading, owners } = useOwnerBySubject(remembered ? null : subject)
  const owner = remembered ?? owners[0]
  return (
    <div className="owner-picker__picked">
      <span className="owner-picker__who">
        <strong>
          {owner?.email ?? (isLoading ? 'Looking up …' : 'No owner has this subject')}
        </strong>
        {owner?.displayName && <span>{owner.displayName}</span>}
        <small>{subject}</small>
      </span>
      {onDrop && (
        <Button
          buttonStyle="secondary"
          disabled={disabled ?? false}
          margin={false}
          onClick={onDrop}
          size="small"
        >
          Change
        </Button>
      )}
    </div>
  )
}
