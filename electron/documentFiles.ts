import { basename, dirname } from 'node:path'
import type { Opened, OpenedFile, RecentFile, Saved } from './contract'
import { readDocument, writeDocument } from './documents'
import type { Drafts } from './drafts'
import type { Recents } from './recents'

export interface SaveRequest {
  path: string | null
  suggestedName: string
  text: string
}

/** Asks the user where to save, starting from a name or path; null when they changed their mind. */
export type AskWhere = (suggested: string) => Promise<string | null>

/**
 * Which files the window may touch. It shows opened documents, so it is not trusted: it may write without a dialog only to paths
 * that the user chose in this session, open without a dialog only what they chose before, and data are read only beside documents
 * that they opened.
 */
export class DocumentFiles {
  readonly #recents: Recents
  readonly #drafts: Drafts
  readonly #chosen = new Set<string>()

  constructor(recents: Recents, drafts: Drafts) {
    this.#recents = recents
    this.#drafts = drafts
  }

  /** A path from a dialog, a drop or the command line. Only an Unroll document that can be read counts as chosen. */
  async open(path: string): Promise<Opened> {
    const opened = await readDocument(path)
    if (opened.ok === true) {
      this.#chosen.add(path)
      await this.#recents.add(path)
    }
    return opened
  }

  async openRecent(path: string): Promise<Opened> {
    if (!(await this.#recents.has(path))) {
      return { ok: false, message: 'That file is not in the list of recent files. Open it with “Open”.' }
    }
    return this.open(path)
  }

  recents(): Promise<RecentFile[]> {
    return this.#recents.list()
  }

  async save({ path, suggestedName, text }: SaveRequest, askWhere: AskWhere): Promise<Saved> {
    const target = this.isChosen(path) ? path : await askWhere(suggestedPath(path, suggestedName))
    if (target === null) return { ok: 'cancelled' }
    const saved = await writeDocument(target, text)
    if (saved.ok === true) {
      this.#chosen.add(target)
      await this.#recents.add(target)
    }
    return saved
  }

  /** A draft's file counts as chosen when the user had opened or saved it: the draft itself was written by the window. */
  async recoverDraft(): Promise<OpenedFile | null> {
    const draft = await this.#drafts.recover()
    if (draft === null || draft.path === null) return draft
    if (!(await this.#recents.has(draft.path))) return { ...draft, path: null }
    this.#chosen.add(draft.path)
    return draft
  }

  /** Where data of this document are read; null when the user has not chosen it. */
  folderOf(path: string | null): string | null {
    return this.isChosen(path) ? dirname(path) : null
  }

  isChosen(path: string | null): path is string {
    return path !== null && this.#chosen.has(path)
  }
}

/** Proposed in the dialog: the path as it was, or a name that every file system takes. */
function suggestedPath(path: string | null, suggestedName: string): string {
  const suggested = path ?? basename(suggestedName).replace(/[\\/:*?"<>|]/g, '-')
  return suggested.endsWith('.unroll') ? suggested : `${suggested}.unroll`
}
