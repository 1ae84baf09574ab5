/**
 * What each string would do if it ran. The pages of the test have a setter of this name that
 * remembers it.
 */
const RUN = 'window.__ran=1'

const TAGS = [
  `<script>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `"><script>${RUN}</script>`,
  `'><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `<!--<script>${RUN}</script>-->`,
  `--><script>${RUN}</script>`,
  `]]><script>${RUN}</script>`,
  `<<script>${RUN}//<</script>`,
  `<scr<script>ipt>${RUN}</script>`,
  `<script src=data:text/javascript,${RUN}></script>`,
  `<script/x>${RUN}</script>`,
]

const HANDLERS = [
  `<img src=x onerror=${RUN}>`,
  `<img src=x onerror="${RUN}"//`,
  `"><img src=x onerror=${RUN}>`,
  `<image src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x>`,
  `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<body onload=${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>`,
  `<object data="data:text/html,<script>parent.__ran=1</script>"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}>`,
  `<textarea autofocus onfocus=${RUN}>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<div style="animation:x 1s" onanimationstart=${RUN}>x</div>`,
  `<style>@import 'javascript:${RUN}';</style>`,
  `<link rel=stylesheet href="javascript:${RUN}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="javascript:${RUN}//">`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<math><maction actiontype=statusline xlink:href="javascript:${RUN}">x</maction></math>`,
  `<template><script>${RUN}</script></template>`,
]

const ADDRESSES = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  ` javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `javascript://%0a${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`,
]

const ELSEWHERE = [
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `" onmouseover=${RUN} x="`,
  `' onfocus=${RUN} autofocus x='`,
  '\\u003cscript\\u003ewindow.__ran=1\\u003c/script\\u003e',
  '&lt;script&gt;window.__ran=1&lt;/script&gt;',
  `__proto__[onload]=${RUN}`,
  '\u202e<script>window.__ran=1</script>',
]

/**
 * Sixty strings that would run as a script somewhere, if a screen took them for anything but text.
 */
export const SCRIPTS: readonly string[] = [...TAGS, ...HANDLERS, ...ADDRESSES, ...ELSEWHERE]
