'use client'
import type { JSONFieldClientComponent } from 'payload'
import { JsonTree } from './json-tree.tsx'
import { ReadOnlyJson } from './read-only-json.tsx'

/** A readable view of any JSON: nested names and values, with long or deep parts folded. */
export const JsonView: JSONFieldClientComponent = (props) => (
  <ReadOnlyJson {...props}>{(value) => <JsonTree value={value} />}</ReadOnlyJson>
)
