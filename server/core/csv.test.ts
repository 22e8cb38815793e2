import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText, parseCsv, unshielded, writeCsv } from './csv'

test('reads what programs write: separators, quotes, line ends, empty lines', () => {
  expect(parseCsv('a,b\r\n"1, ""one""",2\n\n , \n"x\ny",')).toEqual([
    ['a', 'b'],
    ['1, "one"', '2'],
    ['x\ny', ''],
  ])
  expect(parseCsv('Name;E-Mail\nAda, Countess;a@b.example')).toEqual([
    ['Name', 'E-Mail'],
    ['Ada, Countess', 'a@b.example'],
  ])
  expect(parseCsv('a\tb\r1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(parseCsv('"never closed, a')).toEqual([['never closed, a']])
  expect(parseCsv('')).toEqual([])
})

test('nothing that is written is a formula, and all of it is read again', () => {
  const text = writeCsv([['=cmd|"/C calc"!A0', '+49 30 1', '-1', '@x', 'plain, "quoted"']])
  const [row] = parseCsv(text)
  expect(row?.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  expect(row?.map(unshielded)).toEqual(['=cmd|"/C calc"!A0', '+49 30 1', '-1', '@x', 'plain, "quoted"'])
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
      (rows) => {
        const kept = rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
        const plain = kept.map((cells) => cells.map((cell) => `x${cell}`))
        expect(parseCsv(writeCsv([['h', 'i'], ...plain])).slice(1)).toEqual(plain)
      },
    ),
  )
})

test('letters come through in the encodings that tables are kept in', () => {
  expect(decodeText(Buffer.from('\ufeffZoë'))).toBe('Zoë')
  expect(decodeText(Buffer.from([0x5a, 0x6f, 0xeb]))).toBe('Zoë')
  expect(decodeText(Buffer.from('\ufeffZoë', 'utf16le'))).toBe('Zoë')
})

test('what a spreadsheet says of its separator is followed, and is nobody', () => {
  const rows = [
    ['Name', 'Ort'],
    ['Ada, Lady', 'London'],
  ]
  expect(parseCsv('sep=;\r\nName;Ort\r\nAda, Lady;London\r\n')).toEqual(rows)
  expect(parseCsv('\ufeffSEP=;\nName;Ort\nAda, Lady;London')).toEqual(rows)
  expect(parseCsv('sep=,\nName;Ort\n')).toEqual([['Name;Ort']])
})
