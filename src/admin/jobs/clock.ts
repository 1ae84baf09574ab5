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

const SELDOM = 30_000
const PAUSE = 1_000

/**
 * A number that goes up when there may be something new to ask for: a second after `turns` has changed, however fast it goes on to
 * change; when somebody comes back to the screen; and every half minute while they look. And a way to raise it by hand.
 */
export function useVersion(turns: number): [version: number, raise: () => void] {
  const [version, setVersion] = useState(0)
  const [asked, setAsked] = useState(turns)
  const latest = useRef(turns)
  const raise = useCallback(() => setVersion((earlier) => earlier + 1), [])
  const isStale = turns !== asked
  useEffect(() => {
    latest.current = turns
  }, [turns])
  useEffect(() => {
    if (!isStale) return
    const timer = setTimeout(() => (setAsked(latest.current), raise()), PAUSE)
    return () => clearTimeout(timer)
  }, [isStale, asked, raise])
  useEffect(() => onLook(raise), [raise])
  return [version, raise]
}

function onLook(raise: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') raise()
  }
  const timer = setInterval(look, SELDOM)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
