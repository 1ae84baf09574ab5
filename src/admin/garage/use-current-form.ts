'use client'
import { useEffect, useRef } from 'react'
import { useNewVersion } from '../documents/use-new-version.ts'

/**
 * Keeps the form of a vehicle savable when `version` changes: the rows that are added and changed
 * on its screen move its odometer, and with it the time of its last change.
 */
export function useCurrentForm(id: string, version: string): void {
  const adoptVersion = useNewVersion('vehicles', id)
  const loaded = useRef(version)
  useEffect(() => {
    if (version === loaded.current) return
    loaded.current = version
    void adoptVersion()
  })
}
