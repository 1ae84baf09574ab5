'use client'
import { type ReactNode, useState } from 'react'

/** Levels that stand open; deeper ones are drawn when they are opened, so that no value is too deep or too large to look at. */
const OPEN_LEVELS = 3
/** A list or object of as many plain values is open at any level. */
const SHORT = 8
/** As many entries of one object or list as are drawn at once. */
const AT_ONCE = 40
const LONG_TEXT = 240

/** One JSON value. Text is text: nothing in it is ever markup, or a link. */
export function JsonTree({ value, level = 0 }: { value: unknown; level?: number }) {
  if (value === null || value === undefined) return <Word>nothing</Word>
  if (typeof value === 'string') return <Text text={value} />
  if (typeof value !== 'object') return <span className="json-tree__plain">{JSON.stringify(value)}</span>
  const entries = Object.entries(value)
  const isList = Array.isArray(value)
  if (entries.length === 0) return <Word>{isList ? 'an empty list' : 'nothing in it'}</Word>
  if (level < OPEN_LEVELS || isShort(entries)) return <Entries entries={entries} isList={isList} level={level} />
  return <Folded summary={inCount(entries, isList)}>{() => <Entries entries={entries} isList={isList} level={1} />}</Folded>
}

type EntriesProps = { entries: [string, unknown][]; isList: boolean; level: number }

function Entries({ entries, isList, level }: EntriesProps) {
  const shown = entries.slice(0, AT_ONCE)
  const rest = entries.slice(AT_ONCE)
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
        <Folded summary={`${rest.length} more`}>{() => <Entries entries={rest} isList={isList} level={level} />}</Folded>
      )}
    </dl>
  )
}

function Text({ text }: { text: string }) {
  if (text === '') return <Word>an empty text</Word>
  if (text.length <= LONG_TEXT) return <span className="json-tree__text">{text}</span>
  return (
    <Folded summary={`${text.slice(0, LONG_TEXT / 2)} … (${text.length} characters)`}>
      {() => <span className="json-tree__text">{text}</span>}
    </Folded>
  )
}

/** What is drawn once somebody asks to see it. */
export function Folded({ summary, children }: { summary: string; children: () => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details className="json-tree__folded" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  )
}

const Word = ({ children }: { children: string }) => <em className="json-tree__word">{children}</em>

function isShort(entries: readonly [string, unknown][]): boolean {
  return entries.length <= SHORT && entries.every(([, value]) => typeof value !== 'object' || value === null)
}

function inCount({ length }: readonly unknown[], isList: boolean): string {
  const word = isList ? 'entry' : 'value'
  return length === 1 ? `1 ${word}` : `${length} ${isList ? 'entries' : 'values'}`
}
