'use client'
import { useEffect, useState } from 'react'

/** The pause in typing after which a request is sent, in milliseconds. */
const DELAY_MS = 300

/** Returns a value once it has not changed for DELAY_MS. */
export function useDebounced<Value>(value: Value): Value {
  const [debounced, setDebounced] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DELAY_MS)
    return () => clearTimeout(timer)
  }, [value])
  return debounced
}
