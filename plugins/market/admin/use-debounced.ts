'use client'
import { useEffect, useState } from 'react'

/** Typing pauses shorter than this send no request. */
const DELAY_MS = 300

/** A value after it has not changed for a moment. */
export function useDebounced<Value>(value: Value): Value {
  const [debounced, setDebounced] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DELAY_MS)
    return () => clearTimeout(timer)
  }, [value])
  return debounced
}
