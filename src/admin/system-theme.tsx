'use client'
import { useEffect } from 'react'

/**
 * Light or dark as the visitor's system is, on the screens before sign-in: Payload knows it there
 * only from a header that browsers leave out of their first request. A choice that was made in the
 * panel stands.
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
