'use client'
import { useEffect, useState } from 'react'

/** As long as somebody goes on typing within this time, nothing is asked. */
const DELAY_MS = 300

/** A value once it has stayed the same for a moment. */
export function useDebounced<Value>(value: Value): Value {
  const [debounced, setDebounced] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DELAY_MS)
    return () => clearTimeout(timer)
  }, [value])
  return debounced
}
