import config from '@payload-config'
import '@payloadcms/next/css'
import { handleServerFunctions, RootLayout } from '@payloadcms/next/layouts'
import { headers } from 'next/headers.js'
import { getPayload, type ServerFunctionClient } from 'payload'
import type { ReactNode } from 'react'
import { findServerFunctionRefusal } from '../../server-functions.ts'
import { importMap } from './admin/importMap.js'
import './panel.css'

const serverFunction: ServerFunctionClient = async (call) => {
  'use server'
  const { name, args } = Object(call) as Parameters<ServerFunctionClient>[0]
  const payload = await getPayload({ config, importMap })
  const { user } = await payload.auth({ headers: await headers() })
  const refusal = findServerFunctionRefusal({ name, args, user })
  return refusal ?? handleServerFunctions({ name, args, config, importMap })
}

/** The frame around every screen of the panel. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout config={config} importMap={importMap} serverFunction={serverFunction}>
      {/*
        In addition to the page's own metadata, which comes late and is briefly missing on a
        redirect: the browser would request /favicon.ico.
      */}
      <link href="/admin/icon.svg" rel="icon" type="image/svg+xml" />
      {children}
    </RootLayout>
  )
}
