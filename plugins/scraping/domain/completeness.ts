/**
 * What a walk over a site came to. `announced` is how many cars the site says it has; `cut`: it was ended before the last page; a text
 * says why.
 */
export type Walk = { listings: number; dropped: number; announced: number | null; cut: boolean | string }

/** Why a walk did not see everything, in a sentence; null when it did. What a page shows twice counts once only in `listings`' favour. */
export function incompleteReason({ listings, dropped, announced, cut }: Walk): string | null {
  if (typeof cut === 'string') return `${cut} ${listings} cars were read, and nothing is taken for sold.`
  if (cut) return `The site’s pages come to no end, or come again. ${listings} cars were read, and nothing is taken for sold.`
  if (announced !== null && listings + dropped < announced)
    return `The site says that it has ${announced} cars, and ${listings + dropped} were found. Nothing is taken for sold.`
  return null
}
