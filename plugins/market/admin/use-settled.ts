'use client'
import { useEffect, useState } from 'react'

/** As long as somebody goes on typing within this time, nothing is asked. */
const PAUSE_MS = 300

/** A value once it has stayed the same for a moment. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
