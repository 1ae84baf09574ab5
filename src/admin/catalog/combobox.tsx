'use client'
import { TextInput } from '@payloadcms/ui'
import type { StaticDescription, StaticLabel } from 'payload'
import { type CSSProperties, type KeyboardEvent, useId, useState } from 'react'
import './combobox.css'

type Props = {
  path: string
  value: string
  suggestions: readonly string[]
  onChange: (value: string) => void
  onFocus: () => void
  label?: StaticLabel
  description?: StaticDescription
  readOnly: boolean
  required: boolean
  showError: boolean
  style: CSSProperties
}

/** The list while it is shown: the marked suggestion, and whether the text narrows the list. */
type Opened = { marked: number; isTyped: boolean }

const NONE = -1

/**
 * A text field with suggestions that never limit what can be entered: an editable combobox with a
 * list (WAI-ARIA Authoring Practices). The arrow keys mark a suggestion, Enter takes it, Escape
 * closes the list.
 */
export function Combobox({ suggestions, value, onChange, onFocus, readOnly, ...field }: Props) {
  const list = useId()
  const [opened, setOpened] = useState<Opened | null>(null)
  const shown = opened ? filterSuggestions(suggestions, opened.isTyped ? value : '') : []
  const isOpen = shown.length > 0 && !readOnly
  const take = (suggestion: string) => (onChange(suggestion), setOpened(null))
  const onKeyDown = (event: KeyboardEvent) => {
    const marked = opened?.marked ?? NONE
    const taken = shown[marked]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setOpened(moveMark(opened, step, shown.length))
    else if (event.key === 'Enter' && taken !== undefined) take(taken)
    else if (event.key === 'Escape' && isOpen) setOpened(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const attributes = {
    autoComplete: 'off',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list,
    'aria-expanded': isOpen,
    'aria-activedescendant':
      isOpen && opened && opened.marked !== NONE ? `${list}-${opened.marked}` : undefined,
    onFocus,
    onBlur: () => setOpened(null),
    onClick: () => setOpened((now) => now ?? { marked: NONE, isTyped: false }),
  }
  return (
    <TextInput
      {...field}
      AfterInput={
        <SuggestionList
          id={list}
          isOpen={isOpen}
          marked={opened?.marked ?? NONE}
          onTake={take}
          suggestions={shown}
        />
      }
      className="catalog-combobox"
      htmlAttributes={attributes}
      onChange={({ target }: { target: HTMLInputElement }) => {
        onChange(target.value)
        setOpened({ marked: NONE, isTyped: true })
      }}
      onKeyDown={onKeyDown}
      readOnly={readOnly}
      value={value}
    />
  )
}

type ListProps = {
  id: string
  isOpen: boolean
  suggestions: readonly string[]
  marked: number
  onTake: (suggestion: string) => void
}

function SuggestionList({ id, isOpen, suggestions, marked, onTake }: ListProps) {
  return (
    <ul
      aria-label="Suggestions"
      className="catalog-combobox__list"
      hidden={!isOpen}
      id={id}
      onMouseDown={(event) => event.preventDefault() /* the input keeps the focus */}
      role="listbox"
    >
      {suggestions.map((suggestion, index) => (
        <li
          aria-selected={index === marked}
          id={`${id}-${index}`}
          key={suggestion}
          onClick={() => onTake(suggestion)}
          ref={index === marked ? scrollIntoView : null}
          role="option"
        >
          {suggestion}
        </li>
      ))}
    </ul>
  )
}

const scrollIntoView = (option: HTMLLIElement | null) =>
  option?.scrollIntoView({ block: 'nearest' })

/** Opens a closed list; moves the mark in an open one, past its ends to the other. */
function moveMark(opened: Opened | null, step: number, count: number): Opened {
  if (!opened) return { marked: NONE, isTyped: false }
  if (count === 0) return opened
  const from = opened.marked === NONE && step < 0 ? 0 : opened.marked
  return { ...opened, marked: (from + step + count) % count }
}

/** Those that contain the text, whatever the case. */
function filterSuggestions(suggestions: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toLowerCase()
  return suggestions.filter((suggestion) => suggestion.toLowerCase().includes(wanted))
}
