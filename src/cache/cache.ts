/**
 * Holds values for a limited time under keys, each with one tag that names its source. A cache may
 * drop any value at any time; it must never return a value whose tag was dropped. A drop or clear
 * takes effect before the call returns its promise.
 */
export type Cache<Value extends object | number> = {
  get(key: string): Promise<Value | undefined>
  set(key: string, value: Value, tag: string): Promise<void>
  /** Drops every value of a tag. */
  drop(tag: string): Promise<void>
  /** Drops everything. */
  clear(): Promise<void>
}
