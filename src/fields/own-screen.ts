import type { Config } from 'payload'

/**
 * A screen of a room: `name` is its path under the panel, too. The components are named as the
 * import map wants them.
 */
type RoomScreen = { name: string; title: string; view: string; link: string }

/**
 * A configuration with a screen more, and the way to it under the tables in the sidebar. The screen
 * itself asks who looks.
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
