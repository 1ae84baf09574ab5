'use client'
import type { JSONFieldClientComponent } from 'payload'
import { JsonTree } from './json-tree.tsx'
import { ReadOnlyJson } from './read-only-json.tsx'

/**
 * Any JSON, to be read by people: names and values, nested, with what is long or deep folded away.
 */
export const JsonView: JSONFieldClientComponent = (props) => (
  <ReadOnlyJson {...props}>{(value) => <JsonTree value={value} />}</ReadOnlyJson>
)
