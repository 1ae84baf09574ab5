'use client'
import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { useEffect } from 'react'
import { useMarketTab } from './car-link.tsx'

/** Leads to the Market tab of a car: the address of a car alone opens the last viewed tab. */
export function OpenCar({ id }: { id: string }) {
  const { config } = useConfig()
  const router = useRouter()
  const chooseMarketTab = useMarketTab()
  const address = `${config.routes.admin}/collections/inventory/${encodeURIComponent(id)}`
  useEffect(() => {
    void chooseMarketTab(id).finally(() => router.replace(address))
  }, [address, chooseMarketTab, id, router])
  return <p className="jobs__empty">Opening the car…</p>
}
