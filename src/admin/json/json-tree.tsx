'use client'
import { type ReactNode, useState } from 'react'

/**
 * Levels that are open initially. Deeper levels are rendered when opened, so that values of any
 * depth and size can be viewed.
 */
const OPEN_LEVELS = 3
/** A list or object with at most this many plain values is open at any level. */
const MAX_SHORT_ENTRIES = 8
/** The number of entries of an object or list that are rendered at once. */
const MAX_SHOWN_ENTRIES = 40
const MAX_OPEN_TEXT = 240

/** One JSON value. Text is never rendered as markup or a link. */
export function JsonTree({ value, level = 0 }: { value: unknown; level?: number }) {
  if (value === null || value === undefined) return <Keyword>nothing</Keyword>
  if (typeof value === 'string') return <Text text={value} />
  if (typeof value !== 'object')
    return <span className="json-tree__plain">{JSON.stringify(value)}</span>
  const entries = Object.entries(value)
  const isList = Array.isArray(value)
  if (entries.length === 0) return <Keyword>{isList ? 'empty list' : 'empty object'}</Keyword>
  if (level < OPEN_LEVELS || isShort(entries))
    return <Entries entries={entries} isList={isList} level={level} />
  return (
    <Folded summary={formatEntryCount(entries, isList)}>
      {() => <Entries entries={entries} isList={isList} level={1} />}
    </Folded>
  )
}

type EntriesProps = {
  entries: [string, unknown][]
  isList: boolean
  level: number
}

function Entries({ entries, isList, level }: EntriesProps) {
  const shown = entries.slice(0, MAX_SHOWN_ENTRIES)
  const rest = entries.slice(MAX_SHOWN_ENTRIES)
  return (
    <dl className={isList ? 'json-tree json-tree--list' : 'json-tree'}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{isList ? `${Number(name) + 1}.` : name}</dt>
          <dd>
            <JsonTree level={level + 1} value={value} />
          </dd>
        </div>
      ))}
      {rest.length > 0 && (
        <Folded summary={`${rest.length} more`}>
          {() => <Entries entries={rest} isList={isList} level={level} />}
        </Folded>
      )}
    </dl>
  )
}

function Text({ text }: { text: string }) {
  if (text === '') return <Keyword>empty text</Keyword>
  if (text.length <= MAX_OPEN_TEXT) return <span className="json-tree__text">{text}</span>
  return (
    <Folded summary={`${text.slice(0, MAX_OPEN_TEXT / 2)} … (${text.length} characters)`}>
      {() => <span className="json-tree__text">{text}</span>}
    </Folded>
  )
}

/** Content that is rendered when opened. */
export function Folded({ summary, children }: { summary: string; children: () => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details
      className="json-tree__folded"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {open && children()}
    </details>
  )
}

const Keyword = ({ children }: { children: string }) => (
  <em className="json-tree__word">{children}</em>
)

function isShort(entries: readonly [string, unknown][]): boolean {
  return (
    entries.length <= MAX_SHORT_ENTRIES &&
    entries.every(([, value]) => typeof value !== 'object' || value === null)
  )
}

function formatEntryCount({ length }: readonly unknown[], isList: boolean): string {
  const noun = isList ? 'entry' : 'value'
  return length === 1 ? `1 ${noun}` : `${length} ${isList ? 'entries' : 'values'}`
}
