import { create } from 'xmlbuilder2'

/** The most addresses that one sitemap may have (sitemaps.org); the newest cars come first. */
export const MAX_ADDRESSES = 50_000

/** The most pictures of one car that are listed; Google reads up to 1,000. */
const MAX_IMAGES = 20

/** A page of the site: when it changed, as ISO 8601, and its pictures. */
export type SitemapEntry = {
  url: string
  changedAt: string
  images: readonly string[]
}

/** Writes a sitemap with the pictures of each page, as sitemaps.org and Google describe it. */
export function buildSitemap(entries: readonly SitemapEntry[]): string {
  const sitemap = create({ version: '1.0', encoding: 'UTF-8' }).ele('urlset', {
    xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
    'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1',
  })
  for (const { url, changedAt, images } of entries.slice(0, MAX_ADDRESSES)) {
    const page = sitemap.ele('url')
    page.ele('loc').txt(url)
    page.ele('lastmod').txt(changedAt)
    for (const image of images.slice(0, MAX_IMAGES))
      page.ele('image:image').ele('image:loc').txt(image)
  }
  return sitemap.end({ prettyPrint: false })
}
