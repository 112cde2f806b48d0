/** Names of the messages between preload and main; nothing else is listened to. */
export const INVOKE = {
  samples: 'samples',
  openSample: 'open-sample',
  openDocument: 'open-document',
  openRecent: 'open-recent',
  openPath: 'open-path',
  launchFile: 'launch-file',
  recents: 'recents',
  blocks: 'blocks',
  keepBlock: 'keep-block',
  forgetBlock: 'forget-block',
  clipboardNodes: 'clipboard-nodes',
  saveDocument: 'save-document',
  keepDraft: 'keep-draft',
  recoverDraft: 'recover-draft',
  forgetRecovered: 'forget-recovered',
} as const

export const SEND = {
  title: 'title',
  close: 'close',
  engine: 'engine',
  theme: 'theme',
  history: 'history',
} as const

/** From main to the window. */
export const PUSH = {
  engineEvent: 'engine-event',
  menu: 'menu',
  opened: 'opened',
  dark: 'dark',
} as const
