/** Suggests the values of the catalog for a make, model or trim: `admin: suggestFromCatalog`. */
export const suggestFromCatalog = {
  components: { Field: '/src/admin/catalog/catalog-field.tsx#CatalogField' },
}
