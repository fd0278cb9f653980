// How the sheets of a workbook look: quiet, in the colours of the book (templates/theme.typ).
import type { CellStyle } from '../../xlsx/write-book.ts';

/** On every Windows; made to be read by all. */
export const font = { name: 'BIZ UDPGothic', size: 10 } as const;

export const colors = {
  heading: 'E9EDF2',
  label: 'F5F7F9',
  line: 'C3CAD2',
  link: '123F73',
  faint: '5F6B76',
  due: 'FFF3CD',
  changed: 'DCEBFA',
  closed: 'EEEFF1',
} as const;

const side = { style: 'thin', color: { rgb: colors.line } } as const;
const boxed = { top: side, right: side, bottom: side, left: side };

interface Look {
  fill?: string;
  color?: string;
  bold?: boolean;
  size?: number;
  underline?: boolean;
  /** With lines around it */
  box?: boolean;
  align?: 'left' | 'center' | 'right';
  indent?: boolean;
  wrap?: boolean;
  format?: string;
  /** It may be written. */
  open?: boolean;
}

const known = new Map<string, CellStyle>();

export function style(look: Look): CellStyle {
  const name = JSON.stringify(look);
  const made = known.get(name) ?? styleOf(look);
  known.set(name, made);
  return made;
}

function styleOf({ fill, color, bold, size, underline, box, align, indent, wrap, format, open }: Look): CellStyle {
  return {
    font: {
      ...{ name: font.name, size: size ?? font.size, family: 3, charset: 128 },
      ...(bold ? { bold } : {}),
      ...(underline ? { underline } : {}),
      ...(color === undefined ? {} : { color: { rgb: color } }),
    },
    ...(fill === undefined ? {} : { fill: solid(fill) }),
    ...(box ? { border: boxed } : {}),
    alignment: {
      vertical: 'center',
      ...(align ? { horizontal: align } : {}),
      ...(wrap ? { wrapText: true } : {}),
      ...((box || indent) && align !== 'center' ? { horizontal: align ?? 'left', indent: 1 } : {}),
    },
    ...(format === undefined ? {} : { numFmt: format }),
    protection: { locked: !open },
  };
}

/** In a cell the one colour counts, in a conditional format the other. */
export const solid = (rgb: string) =>
  ({ type: 'pattern', pattern: 'solid', fgColor: { rgb }, bgColor: { rgb } }) as const;
