'use client'
import { useState } from 'react'
import type { CommandOutcome } from './use-feed-command.ts'

/** What the form of a feed says about its delivery, saved or not. */
export type DeliveryForm = {
  channel: string | undefined
  isEnabled: boolean
  isUnsaved: boolean
}

type Props = {
  form: DeliveryForm
  hasPullKey: boolean
  isBusy: boolean
  onCommand: (command: 'deliver' | 'pull-key' | 'test') => void
}

/** The commands on a feed. They use its saved settings, so they wait until the form is saved. */
export function DeliveryActions({ form, hasPullKey, isBusy, onCommand }: Props) {
  const { channel, isEnabled, isUnsaved } = form
  const isBlocked = isBusy || isUnsaved || channel === 'none'
  return (
    <>
      <div className="feed-delivery__actions">
        <Action disabled={isBlocked || !isEnabled} onClick={() => onCommand('deliver')}>
          Deliver now
        </Action>
        {channel === 'pull' ? (
          <NewAddress
            disabled={isBlocked}
            onConfirm={() => onCommand('pull-key')}
            replaces={hasPullKey}
          />
        ) : (
          <Action disabled={isBlocked} onClick={() => onCommand('test')}>
            Test the connection
          </Action>
        )}
      </div>
      {isUnsaved && <p className="jobs__empty">Save your changes first.</p>}
    </>
  )
}

type NewAddressProps = {
  disabled: boolean
  /** Whether there is an address, which stops working. */
  replaces: boolean
  onConfirm: () => void
}

function NewAddress({ disabled, replaces, onConfirm }: NewAddressProps) {
  const [isOpen, setIsOpen] = useState(false)
  const confirm = () => {
    setIsOpen(false)
    onConfirm()
  }
  if (!isOpen)
    return (
      <Action disabled={disabled} onClick={replaces ? () => setIsOpen(true) : onConfirm}>
        {replaces ? 'New pull address…' : 'New pull address'}
      </Action>
    )
  return (
    <span className="feed-delivery__question" role="group" aria-label="New pull address">
      The address that the receiver has stops working.
      <Action disabled={disabled} onClick={confirm}>
        Replace it
      </Action>
      <Action onClick={() => setIsOpen(false)}>Cancel</Action>
    </span>
  )
}

/** What the last command led to. */
export function Outcome({ outcome: { text, isProblem, url } }: { outcome: CommandOutcome }) {
  if (isProblem)
    return (
      <p className="jobs__problem" role="alert">
        {text}
      </p>
    )
  return (
    <>
      <p role="status">{text}</p>
      {url && (
        <input
          aria-label="New pull address"
          className="feed-delivery__address"
          onFocus={(event) => event.target.select()}
          readOnly
          value={url}
        />
      )}
    </>
  )
}

type ActionProps = {
  children: string
  disabled?: boolean
  onClick: () => void
}

function Action({ children, disabled = false, onClick }: ActionProps) {
  return (
    <button className="jobs__button" disabled={disabled} onClick={onClick} type="button">
      {children}
    </button>
  )
}
