'use client'
import { useDocumentInfo, useModal } from '@payloadcms/ui'
import { useState } from 'react'

/** How many drawers have been closed since the screen was opened. */
export function useClosedDrawers(): number {
  const { modalState } = useModal()
  const open = Object.values(modalState).filter(({ isOpen }) => isOpen).length
  const [wasOpen, setWasOpen] = useState(open)
  const [closed, setClosed] = useState(0)
  if (open !== wasOpen) {
    setWasOpen(open)
    if (open < wasOpen) setClosed(closed + 1)
  }
  return closed
}

/**
 * Another text whenever the figures of the vehicle or the owner on the screen may have changed: it
 * was saved, or a drawer was closed in which its rows are added, changed and deleted.
 */
export function useVehicleVersion(): string {
  const { lastUpdateTime } = useDocumentInfo()
  return `${lastUpdateTime} ${useClosedDrawers()}`
}
