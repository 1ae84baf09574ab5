'use client'
import { useEffect } from 'react'

/**
 * Applies the system's light or dark theme on the screens before sign-in. Payload knows it only
 * from a header that browsers omit in their first request. A choice made in the panel takes
 * precedence.
 */
export function SystemTheme() {
  useEffect(() => {
    if (/(^|; )[\w-]+-theme=(light|dark)/.test(document.cookie)) return
    document.documentElement.dataset['theme'] = matchMedia('(prefers-color-scheme: dark)').matches
      ? 'dark'
      : 'light'
  }, [])
  return null
}
