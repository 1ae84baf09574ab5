import type { Config } from 'payload'

/**
 * A screen of a room. `name` is also its path under the panel. The components are named as in the
 * import map.
 */
type RoomScreen = {
  name: string
  title: string
  view: string | { path: string; serverProps: Record<string, unknown> }
  link: string
}

/**
 * Adds a screen to the configuration, with a link under the tables in the sidebar. The screen
 * itself checks access.
 */
export function withScreen(config: Config, { name, title, view, link }: RoomScreen): Config {
  const components = config.admin?.components
  const views = {
    ...components?.views,
    [name]: { path: `/${name}` as const, exact: true, meta: { title }, Component: view },
  }
  const afterNavLinks = [...(components?.afterNavLinks ?? []), link]
  return {
    ...config,
    admin: { ...config.admin, components: { ...components, afterNavLinks, views } },
  }
}
