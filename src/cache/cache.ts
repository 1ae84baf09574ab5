/**
 * Keeps values for a while under keys, each with one tag that says what it was made from. A cache
 * may forget anything at any time; what it must never do is answer a value whose tag was dropped. A
 * drop or clear takes effect before the call returns its promise.
 */
export type Cache<Value extends object> = {
  get(key: string): Promise<Value | undefined>
  set(key: string, value: Value, tag: string): Promise<void>
  /** Forgets every value of a tag. */
  drop(tag: string): Promise<void>
  /** Forgets everything. */
  clear(): Promise<void>
}
