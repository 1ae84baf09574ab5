import type { CollectionConfig } from 'payload'
import { Inventory } from './lot/inventory.ts'
import { Media } from './lot/media.ts'
import { PendingSubmissions } from './lot/pending-submissions.ts'
import { Users } from './people/users.ts'

/** Every table that belongs to no plugin, in the order of the sidebar. */
export const collections: CollectionConfig[] = [Inventory, Media, PendingSubmissions, Users]
