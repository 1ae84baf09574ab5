'use client'
import { useCallback, useEffect, useRef, useState } from 'react'

/** The server's moment, as exact as `every` milliseconds. */
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
 * A number that goes up when there may be something new to ask for: a second after `turns` has
 * changed, however fast it goes on to change; when somebody comes back to the screen; and every
 * half minute while they look. And a way to raise it by hand.
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
