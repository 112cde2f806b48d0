import { contextBridge, type IpcRendererEvent, ipcRenderer, webFrame, webUtils } from 'electron'
import { INVOKE, PUSH, SEND } from './channels'
import type { Opened, UnrollApi } from './contract'

/** Runs `listener` for each message; the returned function ends that. The event object (with its sender) never reaches the page. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const relay = (_event: IpcRendererEvent, value: T): void => listener(value)
  ipcRenderer.on(channel, relay)
  return () => {
    ipcRenderer.off(channel, relay)
  }
}

function argument(name: string): string {
  const prefix = `--unroll-${name}=`
  return process.argv.find((entry) => entry.startsWith(prefix))?.slice(prefix.length) ?? ''
}

/** What is dragged out of another program has no path when it lies in no folder. */
async function openDropped(file: File): Promise<Opened> {
  const path = webUtils.getPathForFile(file)
  if (path !== '') return ipcRenderer.invoke(INVOKE.openPath, path)
  return {
    ok: false,
    message: `“${file.name}” is not a file on this computer. Save it in a folder first, then drop it.`,
  }
}

const api: UnrollApi = {
  version: argument('version'),
  platform: process.platform,
  samples: () => ipcRenderer.invoke(INVOKE.samples),
  openSample: (id) => ipcRenderer.invoke(INVOKE.openSample, id),
  openDocument: () => ipcRenderer.invoke(INVOKE.openDocument),
  openRecent: (path) => ipcRenderer.invoke(INVOKE.openRecent, path),
  openDropped,
  launchFile: () => ipcRenderer.invoke(INVOKE.launchFile),
  onOpened: (listener) => listen(PUSH.opened, listener),
  recents: () => ipcRenderer.invoke(INVOKE.recents),
  blocks: {
    list: () => ipcRenderer.invoke(INVOKE.blocks),
    keep: (block) => ipcRenderer.invoke(INVOKE.keepBlock, block),
    forget: (id) => ipcRenderer.invoke(INVOKE.forgetBlock, id),
  },
  clipboardNodes: () => ipcRenderer.invoke(INVOKE.clipboardNodes),
  saveDocument: (request) => ipcRenderer.invoke(INVOKE.saveDocument, request),
  keepDraft: (draft) => ipcRenderer.invoke(INVOKE.keepDraft, draft),
  recoverDraft: () => ipcRenderer.invoke(INVOKE.recoverDraft),
  forgetRecovered: () => ipcRenderer.invoke(INVOKE.forgetRecovered),
  setTitle: (title) => ipcRenderer.send(SEND.title, title),
  setHistory: (history) => ipcRenderer.send(SEND.history, history),
  closeWindow: () => ipcRenderer.send(SEND.close),
  engine: {
    send: (command) => ipcRenderer.send(SEND.engine, command),
    onEvent: (listener) => listen(PUSH.engineEvent, listener),
  },
  onMenu: (listener) => listen(PUSH.menu, listener),
  theme: {
    set: (theme) => ipcRenderer.send(SEND.theme, theme),
    onChange: (listener) => listen(PUSH.dark, listener),
  },
  setZoom: (factor) => {
    if (Number.isFinite(factor)) webFrame.setZoomFactor(Math.min(3, Math.max(0.5, factor)))
  },
}

contextBridge.exposeInMainWorld('unroll', api)
