'use client'
import { useConfig, useForm } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import { fetchAnswer } from '../ui/api.ts'

/**
 * Keeps the odometer in the form of a vehicle up to date: the logs that are added and changed on
 * its screen move it, and the form would send the old one as a new reading. What somebody has
 * entered stays.
 */
export function useStoredOdometer(id: string, version: string): void {
  const { config } = useConfig()
  const { dispatchFields, getFields } = useForm()
  const loaded = useRef(version)
  const address = `${config.routes.api}/vehicles/${encodeURIComponent(id)}?depth=0`
  useEffect(() => {
    if (version === loaded.current) return undefined
    loaded.current = version
    const stop = new AbortController()
    void fetchAnswer<{ odometerReading?: number | null }>(address, stop.signal).then((result) => {
      const field = getFields()['odometerReading']
      if (stop.signal.aborted || 'problem' in result || !field) return
      if (field.value !== field.initialValue) return
      const reading = result.answer.odometerReading
      const current = { ...field, value: reading, initialValue: reading }
      dispatchFields({ type: 'UPDATE_MANY', formState: { odometerReading: current } })
    })
    return () => stop.abort()
  }, [address, dispatchFields, getFields, version])
}
