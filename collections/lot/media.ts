import type { CollectionConfig } from 'payload'
import { restrictPhotoDelete } from '../../hooks/lot/photos.ts'
import { queuePhotoSizes } from '../../hooks/lot/prepare-photos.ts'
import { decodeHeicPhoto, namePhoto } from '../../hooks/lot/upload.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { text, checkbox } from '../../src/fields/text.ts'

const buildImageSize = (name: string, width: number, height: number) => ({
  name,
  width,
  height,
  withoutEnlargement: false,
  formatOptions: { format: 'webp' as const, options: { quality: 78 } },
  generateImageName: ({ originalName, sizeName }: { originalName: string; sizeName: string }) =>
    `${originalName}-${sizeName}.webp`,
})

/**
 * One uploaded photo, re-encoded to WebP under a random name, without its metadata (including time
 * and place). Public only while an available car uses it; not deletable while any car uses it.
 */
export const Media: CollectionConfig = {
  slug: 'media',
  dbName: 'media',
  labels: { singular: 'Photo', plural: 'Photos' },
  admin: {
    group: 'Lot',
    useAsTitle: 'filename',
    defaultColumns: ['filename', 'alt', 'onShow', 'filesize', 'createdAt'],
    description: 'Photos of cars. A photo is public only while an available car uses it.',
  },
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.canManageLot,
    read: rules.photosOnShow,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: {
    beforeOperation: [decodeHeicPhoto, namePhoto],
    afterChange: [queuePhotoSizes],
    beforeDelete: [restrictPhotoDelete],
  },
  upload: {
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/heic', 'image/heif'],
    constructorOptions: { limitInputPixels: 50_000_000, failOn: 'error' },
    resizeOptions: { width: 1920, height: 1920, fit: 'inside', withoutEnlargement: true },
    formatOptions: { format: 'webp', options: { quality: 82 } },
    imageSizes: [buildImageSize('thumbnail', 480, 320), buildImageSize('card', 960, 640)],
    adminThumbnail: 'thumbnail',
    crop: false,
    focalPoint: false,
    pasteURL: false,
    displayPreview: true,
  },
  fields: [
    text('alt', 255, {
      label: 'Description',
      description: 'Describe the photo for people who cannot see it.',
    }),
    checkbox('onShow', {
      defaultValue: false,
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      label: 'Public',
      description: 'An available car uses this photo.',
      admin: { position: 'sidebar' },
    }),
  ],
}
