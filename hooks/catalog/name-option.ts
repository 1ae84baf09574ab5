import type { CollectionBeforeChangeHook } from 'payload'

/**
 * The name of a vehicle option on every screen: `2021 Honda Accord EX-L`. The fields that it
 * consists of are validated later.
 */
export const nameOption: CollectionBeforeChangeHook = ({ data }) => {
  const title = ['year', 'make', 'model', 'trim']
    .map((field) => String(data[field] ?? ''))
    .join(' ')
  return { ...data, title: title.replaceAll('\0', '').trim().slice(0, 255) }
}
