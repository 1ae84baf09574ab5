'use client'
import { useCallback, useState } from 'react'

/**
 * The width of the element that the first of the two is the `ref` of, in whole pixels; 0 until it
 * is drawn.
 */
export function useWidth(): [
  ref: (element: HTMLElement | null) => (() => void) | undefined,
  width: number,
] {
  const [width, setWidth] = useState(0)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)))
    watch.observe(element)
    setWidth(Math.floor(element.clientWidth))
    return () => watch.disconnect()
  }, [])
  return [ref, width]
}
