'use client'
import { useConfig, useFormFields } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { fetchAnswer } from '../ui/api.ts'

/** The list of the catalog for each field, and the fields that must be filled in before it. */
const LISTS: Readonly<Record<string, { list: string; before: readonly string[] }>> = {
  make: { list: 'makes', before: ['year'] },
  model: { list: 'models', before: ['year', 'make'] },
  trim: { list: 'trims', before: ['year', 'make', 'model'] },
}

const ANSWER = z.record(z.string(), z.array(z.string()))

type Suggestions = { suggestions: readonly string[]; load: () => void }

/**
 * The values of the catalog for a field, given the fields before it in the form. They are loaded
 * when `load` was called, and again when one of those fields changes. If they cannot be loaded,
 * there are none: the field takes any text.
 */
export function useSuggestions(field: string): Suggestions {
  const address = useAddress(field)
  const [isWanted, setIsWanted] = useState(false)
  const [loaded, setLoaded] = useState<{ from: string; values: readonly string[] } | null>(null)
  useEffect(() => {
    if (!isWanted || address === null) return
    const stop = new AbortController()
    void fetchAnswer<unknown>(address, stop.signal).then((result) => {
      const values = 'answer' in result ? readValues(result.answer) : []
      if (!stop.signal.aborted) setLoaded({ from: address, values })
    })
    return () => stop.abort()
  }, [address, isWanted])
  return {
    suggestions: loaded !== null && loaded.from === address ? loaded.values : [],
    load: () => setIsWanted(true),
  }
}

function readValues(answer: unknown): readonly string[] {
  const parsed = ANSWER.safeParse(answer)
  return parsed.success ? Object.values(parsed.data).flat() : []
}

const readText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

/** The address of a field's list; null while a field before it is empty. */
function useAddress(field: string): string | null {
  const { config } = useConfig()
  const { list = '', before = [] } = LISTS[field] ?? {}
  return useFormFields(([fields]) => {
    const query = new URLSearchParams()
    for (const name of before) {
      const value = readText(fields[name]?.value)
      if (value === '') return null
      query.set(name, value)
    }
    return list === '' ? null : `${config.routes.api}/catalog/${list}?${query.toString()}`
  })
}
