import type { WebContents } from 'electron'

/** Keeps the page in the app: no other page, window, frame or download, no device, and nothing from the network. */
export function guardWindow(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())

  const { session } = contents
  session.setPermissionRequestHandler((_contents, permission, allow) => allow(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  // The content security policy says so too; this holds whatever the page does.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] },
    (_details, answer) => answer({ cancel: true }),
  )
}

/** To copy nodes as text, nothing else; pasting needs no permission: the keys do it, and main hands over copied nodes (clipboardNodes.ts). */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}
