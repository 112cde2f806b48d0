import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'

export type Encoding = 'UTF-8' | 'UTF-16' | 'Latin-1'

export interface DecodedText {
  /** Without byte order mark; lines end in \n whatever the file had. */
  text: string
  encoding: Encoding
}

/** Bytes of one data file; more would not fit beside training in the memory of a small computer. */
export const MAX_DATA_BYTES = 200 * 1024 * 1024

/**
 * Text of a file of unknown encoding: a byte order mark decides, else UTF-8 when the bytes are valid UTF-8, else Windows' Latin-1,
 * in which every byte means something (told in a warning). Pictures, archives and other bytes that are no text are refused.
 */
export function decodeText(bytes: Uint8Array, file: string): Checked<DecodedText> {
  if (bytes.length > MAX_DATA_BYTES) {
    return bad(
      problem(
        'data.size',
        `“${file}” is larger than ${MAX_DATA_BYTES / 1024 / 1024} MB. Keep only the part of it that the model needs.`,
        file,
      ),
    )
  }
  if (bytes.length === 0) return bad(problem('data.empty', `“${file}” is empty. Choose a file with data in it.`, file))
  const decoded = decode(bytes)
  if (looksBinary(decoded.text)) {
    return bad(
      problem(
        'data.binary',
        `“${file}” is not a text file. Choose a table (CSV, TSV) or a plain text; spreadsheets can be saved as CSV.`,
        file,
      ),
    )
  }
  if (decoded.text.trim() === '')
    return bad(problem('data.empty', `“${file}” holds nothing but spaces. Choose a file with data in it.`, file))
  const text = decoded.text.replace(/\r\n?/g, '\n')
  if (decoded.encoding !== 'Latin-1') return good({ ...decoded, text })
  const warning: Diagnostic = {
    code: 'data.encoding',
    severity: 'warning',
    message: `“${file}” is not UTF-8 and was read as Latin-1 (Western European). If letters look wrong, save the file as UTF-8.`,
    place: { kind: 'file', path: file },
  }
  return good({ ...decoded, text }, [warning])
}

function problem(code: string, message: string, file: string): Diagnostic {
  return { code, severity: 'error', message, place: { kind: 'file', path: file } }
}

function decode(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeUtf16(bytes, 0), encoding: 'UTF-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeUtf16(bytes, 1), encoding: 'UTF-16' }
  try {
    // The decoder itself takes a byte order mark away.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return {
      text: fromUnits(bytes.length, (i) => WINDOWS_1252[(bytes[i] ?? 0) - 0x80] ?? bytes[i] ?? 0),
      encoding: 'Latin-1',
    }
  }
}

/** `high`: index of the more significant byte in each pair (0 big, 1 little endian) counted from the mark. */
function decodeUtf16(bytes: Uint8Array, bigEndian: 0 | 1): string {
  return fromUnits((bytes.length - 2) >> 1, (i) => {
    const first = bytes[2 + 2 * i] ?? 0
    const second = bytes[3 + 2 * i] ?? 0
    return bigEndian === 1 ? (first << 8) | second : (second << 8) | first
  })
}

function fromUnits(length: number, unit: (index: number) => number): string {
  const parts: string[] = []
  for (let start = 0; start < length; start += 8192) {
    const chunk = Array.from({ length: Math.min(8192, length - start) }, (_, i) => unit(start + i))
    parts.push(String.fromCharCode(...chunk))
  }
  return parts.join('')
}

/** Bytes 0x80 to 0x9f of Windows' Latin-1; written out because not every build of Node knows the encoding. */
const WINDOWS_1252 = [
  0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
  0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,
  0x017e, 0x0178,
]

/** Text has no NUL and hardly any control characters. */
function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true
  const length = Math.min(text.length, 4096)
  let odd = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 12 && code !== 13) odd++
  }
  return odd > length / 20
}
