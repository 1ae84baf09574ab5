import { useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/**
 * Makes a text the title of the row on the screen, in its header and the breadcrumbs. Payload’s own
 * title stays while it is null.
 */
export function useRowTitle(wanted: string | null): void {
  const { setDocumentTitle, title } = useDocumentTitle()
  // Payload sets its own title in an effect that runs after this one, also after each save.
  useEffect(() => {
    if (wanted === null || wanted === title) return undefined
    const later = setTimeout(() => setDocumentTitle(wanted))
    return () => clearTimeout(later)
  }, [setDocumentTitle, title, wanted])
}
