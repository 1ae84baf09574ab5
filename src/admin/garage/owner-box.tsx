'use client'
import { type KeyboardEvent, useId, useState } from 'react'
import { type Owner, type OwnerSearch, useHasNoOwners, useOwnersByEmail } from './owner-search.ts'

type Props = {
  id: string
  disabled: boolean
  onPick: (owner: Owner) => void
}

/**
 * A search box for owners by e-mail. Results are picked with the mouse, or with the arrow keys and
 * Enter.
 */
export function OwnerBox({ id, disabled, onPick }: Props) {
  const list = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const search = useOwnersByEmail(text)
  const { owners } = search
  const hasNoOwners = useHasNoOwners()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') event.preventDefault() // Enter in a field would save the whole row
    const marked = owners[at]
    if (event.key === 'Enter' && marked) onPick(marked)
    if (event.key === 'Escape') setText('')
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || owners.length === 0) return
    event.preventDefault()
    setAt((at + step + owners.length) % owners.length)
  }
  return (
    <div className="owner-box">
      <input
        aria-activedescendant={owners[at] ? `${list}-${at}` : undefined}
        aria-autocomplete="list"
        aria-controls={list}
        aria-expanded={owners.length > 0}
        autoComplete="off"
        disabled={disabled}
        id={id}
        onChange={(event) => (setText(event.target.value), setAt(0))}
        onKeyDown={onKeyDown}
        placeholder="Type an e-mail address"
        role="combobox"
        type="text"
        value={text}
      />
      <OwnerList at={at} id={list} onPick={onPick} owners={owners} />
      {hasNoOwners ? (
        <p className="owner-box__word" role="status">
          {NO_OWNERS}
        </p>
      ) : (
        <SearchMessage search={search} text={text.trim()} />
      )}
    </div>
  )
}

const NO_OWNERS =
  'There are no owners yet. They appear when they first sign in with your identity provider, ' +
  'which OWNERS_ISSUER and OWNERS_AUDIENCE set up.'

type OwnerListProps = {
  id: string
  owners: readonly Owner[]
  at: number
  onPick: (owner: Owner) => void
}

function OwnerList({ id, owners, at, onPick }: OwnerListProps) {
  return (
    <ul
      aria-label="Owners"
      className="owner-box__list"
      hidden={owners.length === 0}
      id={id}
      role="listbox"
    >
      {owners.map((owner, index) => (
        <li
          aria-selected={index === at}
          id={`${id}-${index}`}
          key={owner.id}
          onClick={() => onPick(owner)}
          role="option"
        >
          <strong>{owner.email}</strong>
          {owner.displayName && <span>{owner.displayName}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The status text while no owners are listed. */
function SearchMessage({
  search: { isLoading, owners, problem },
  text,
}: {
  search: OwnerSearch
  text: string
}) {
  if (text.length < 2 || owners.length > 0) return null
  const message = isLoading
    ? 'Searching…'
    : (problem ?? `No active owner’s e-mail contains “${text}”.`)
  return (
    <p className="owner-box__word" role={problem ? 'alert' : 'status'}>
      {message}
    </p>
  )
}
