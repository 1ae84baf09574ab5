'use client'
import { type KeyboardEvent, useId } from 'react'

type TextProps = {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'date'
  inputMode?: 'decimal'
  hint?: string
}

/** One labeled input of a command about a car. */
export function WorkField({ label, value, onChange, type = 'text', inputMode, hint }: TextProps) {
  const id = useId()
  return (
    <div className="stock-work__field">
      <label htmlFor={id}>{label}</label>
      <input
        {...(inputMode && { inputMode })}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
        id={id}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={keepEnter}
        type={type}
        value={value}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** The form of the car is around these inputs: Enter in one of them must not save the car. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault()
}

type SubmitProps = {
  label: string
  isBusy: boolean
  isReady: boolean
  onSubmit: () => void
}

/** The button that sends a command. */
export function WorkSubmit({ label, isBusy, isReady, onSubmit }: SubmitProps) {
  return (
    <button
      className="jobs__button jobs__button--first"
      disabled={isBusy || !isReady}
      onClick={onSubmit}
      type="button"
    >
      {isBusy ? 'Sending…' : label}
    </button>
  )
}
