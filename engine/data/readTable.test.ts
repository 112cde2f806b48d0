import { describe, expect, it } from 'vitest'
import { readTable, type Table } from './readTable'

function table(text: string, ...rest: [format?: Parameters<typeof readTable>[2], wanted?: string[]]): Table {
  const result = readTable(text, 'x.csv', ...rest)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

describe('readTable', () => {
  it.each([
    ['comma', 'day,max\n1,2.5\n2,3.5\n', ','],
    ['semicolon with decimal commas', 'day;max\n1;2,5\n2;3,5\n', ';'],
    ['decimal commas without header', '1,5;2,5\n1,5;2,5\n', ';'],
    ['tab', 'day\tmax\n1\t2,5\n2\t3,5\n', '\t'],
    ['bar', 'day|max\n1|2\n', '|'],
    ['sentences with semicolons', 'text,label\n"a; b, c",x\nd; e,y\n', ','],
    ['one column', 'a\n1\n2\n', ','],
  ])('finds the delimiter: %s', (_, text, delimiter) => {
    expect(table(text).delimiter).toBe(delimiter)
  })

  it('finds the header, or counts columns', () => {
    expect(table('day,max\n1,2\n')).toMatchObject({
      header: true,
      columns: ['day', 'max'],
      rows: [['1', '2']],
      lines: [2],
    })
    expect(table('1,2\n3,4\n')).toMatchObject({ header: false, columns: ['column 1', 'column 2'], lines: [1, 2] })
    expect(table('2019,2020\n3,4\n', {}, ['2020'])).toMatchObject({ header: true, columns: ['2019', '2020'] })
    expect(table('a,b\nc,d\n', { header: false }).columns).toEqual(['column 1', 'column 2'])
    expect(table('a,a,\n1,2,3\n', { header: true }).columns).toEqual(['a', 'a (2)', 'column 3'])
  })

  it('keeps quoted cells whole and counts lines through them and through empty lines', () => {
    const result = table('text,label\n"two\nlines, ""quoted""",x\n\n  last  ,y\n')
    expect(result.rows).toEqual([
      ['two\nlines, "quoted"', 'x'],
      ['last', 'y'],
    ])
    expect(result.lines).toEqual([2, 5])
  })

  it('fills short rows, cuts long ones, and says so', () => {
    const result = readTable('a,b\n1\n1,2\n1,2,3\n', 'x.csv', { delimiter: ',' })
    expect(result).toMatchObject({
      ok: true,
      value: {
        rows: [
          ['1', ''],
          ['1', '2'],
          ['1', '2'],
        ],
      },
    })
    expect(result.problems.map((problem) => [problem.severity, problem.message])).toEqual([
      [
        'warning',
        '“x.csv”, line 2 (and 1 more line): 1 cell where the table has 2 columns. Absent cells count as empty, further ones are ignored.',
      ],
    ])
  })

  it('refuses a quotation mark that never closes, by its line', () => {
    const result = readTable('a,b\n1,2\n"3,4\n5,6\n', 'x.csv')
    expect(result.ok).toBe(false)
    expect(result.problems[0]).toMatchObject({
      message:
        '“x.csv”, line 3: a quotation mark opens here and never closes. Close it, or write it twice where it is part of the text.',
      place: { kind: 'file', path: 'x.csv', line: 3 },
    })
  })

  it('warns of a quotation mark inside a cell', () => {
    const result = readTable('a,b\n1,2\n"x" y,2\n3,"4"\n', 'x.csv')
    expect(result.problems.find((problem) => problem.code === 'table.quote')?.message).toContain(
      '“x.csv”, line 3: a quotation mark stands in the middle',
    )
  })

  it('refuses a header without rows', () => {
    expect(readTable('a,b\n\n', 'x.csv').problems[0]?.message).toBe(
      '“x.csv” has a header but no rows below it. Choose a file with data in it.',
    )
  })
})
