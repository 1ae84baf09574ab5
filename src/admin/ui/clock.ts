'use client'
import { useCallback, useEffect, useRef, useState } from 'react'

/** The server's current time, updated every `every` milliseconds. */
export function useNow(skew: number, every: number): Date {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return new Date(now + skew)
}

const POLL_MS = 30_000
const DEBOUNCE_MS = 1_000

/**
 * A version number that increases when there may be new data: one second after `turns` changes,
 * however often it changes; when the user returns to the screen; and every 30 seconds while it is
 * visible. Also returns a function that increases it.
 */
export function useVersion(changeCount: number): [version: number, raise: () => void] {
  const [version, setVersion] = useState(0)
  const [loadedCount, setLoadedCount] = useState(changeCount)
  const latest = useRef(changeCount)
  const raise = useCallback(() => setVersion((earlier) => earlier + 1), [])
  const isStale = changeCount !== loadedCount
  useEffect(() => {
    latest.current = changeCount
  }, [changeCount])
  useEffect(() => {
    if (!isStale) return
    const timer = setTimeout(() => (setLoadedCount(latest.current), raise()), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [isStale, loadedCount, raise])
  useEffect(() => watchVisibility(raise), [raise])
  return [version, raise]
}

function watchVisibility(raise: () => void): () => void {
  const raiseIfVisible = () => {
    if (document.visibilityState === 'visible') raise()
  }
  const timer = setInterval(raiseIfVisible, POLL_MS)
  document.addEventListener('visibilitychange', raiseIfVisible)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', raiseIfVisible)
  }
}
