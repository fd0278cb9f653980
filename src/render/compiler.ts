import { join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { held, unheld } from './held.ts';
import type {
  Anchor,
  DrawRequest,
  HeightsAnswer,
  HeightsRequest,
  MeasureAnswer,
  MeasureRequest,
  TableKeys,
} from './requests.ts';

/** What to typeset: a file of templates/ and the data that it reads as request.json. */
export interface Typesetting {
  main: 'book.typ' | 'before-after.typ' | 'pictures.typ' | 'column-heights.typ';
  data: object;
}

/** Pages as Typst laid them out. */
export interface Drawn {
  /** Tagged */
  pdf: Uint8Array;
  pages: number;
  anchors: Anchor[];
  /** What stands where in their tables */
  tables: TableKeys[];
}

/** A page in Typst's vector format, for typst-ts-renderer; pt. */
export interface DrawnPage {
  form: Uint8Array;
  width: number;
  height: number;
}

/** Typst refused our templates: a defect of ours, since content is checked before. */
export class TypstFailure extends Error {
  override name = 'TypstFailure';
}

/** How many requests ago Typst may have laid out what it still keeps. What is measured or drawn by the dozen has little in common. */
const kept = { many: 1, few: 30 };
/** Measures that are few: those of a save. */
const few = 5;

/** One long-lived native Typst compiler over the templates and fonts of this package. */
export class Compiler {
  readonly #compiler: NodeCompiler;
  readonly #templates: string;
  #age: number | undefined;

  /** `templates` and `fonts` are absolute folders; the given fonts win over installed ones of the same name. */
  constructor(templates: string, fonts: string) {
    this.#templates = templates;
    this.#compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
  }

  /** Throws TypstFailure. */
  measure(request: MeasureRequest): MeasureAnswer {
    const age = request.measures.length > few ? kept.many : kept.few;
    const answer = this.#query(this.#layOut({ main: 'book.typ', data: request }, age), 'layout')[0];
    return withoutMarks(answer as MeasureAnswer);
  }

  /** Throws TypstFailure. */
  heights(request: HeightsRequest): HeightsAnswer {
    return this.#query(
      this.#layOut({ main: 'column-heights.typ', data: request }, kept.many),
      'layout',
    )[0] as HeightsAnswer;
  }

  /** Throws TypstFailure. */
  pdf(typesetting: Typesetting): Drawn {
    const document = this.#layOut(typesetting, kept.many);
    return this.#drawn(document, this.#export(document, typesetting.main));
  }

  /** A page for the preview: what a save did not change is not laid out again. Throws TypstFailure. */
  vector(request: DrawRequest): DrawnPage {
    const document = this.#layOut({ main: 'book.typ', data: request }, kept.few);
    const form = new Uint8Array(this.#compiler.vector(document));
    const [width = 0, height = 0] = this.#query(document, 'paper')[0] as number[];
    return { form, width, height };
  }

  /** `age`: what is forgotten when the next is asked for, and nobody waits for this any more. */
  #layOut({ main, data }: Typesetting, age: number): NodeTypstDocument {
    const compiler = this.#compiler;
    if (this.#age !== undefined) compiler.evictCache(this.#age);
    this.#age = age;
    compiler.mapShadow(join(this.#templates, 'request.json'), Buffer.from(JSON.stringify(held(data))));
    const result = compiler.compile({ mainFilePath: join(this.#templates, main) });
    if (!result.result) throw new TypstFailure(describe(result.takeDiagnostics()?.shortDiagnostics));
    return result.result;
  }

  #query(document: NodeTypstDocument, label: string) {
    return this.#compiler.query(document, { selector: `<${label}>`, field: 'value' });
  }

  #drawn(document: NodeTypstDocument, pdf: Uint8Array): Drawn {
    const anchors: Anchor[] = this.#query(document, 'anchors').flat();
    return { pdf, pages: document.numOfPages, anchors, tables: this.#query(document, 'tables') };
  }

  #export(document: NodeTypstDocument, main: Typesetting['main']): Uint8Array {
    try {
      // Pictures are looked at, not read: they are no document of their own.
      return this.#compiler.pdf(document, main === 'pictures.typ' ? { pdfTags: false } : { pdfStandard: 'ua-1' });
    } catch (error) {
      throw new TypstFailure(String(error));
    }
  }
}

/** What does not fit in the words of the data. */
function withoutMarks<T>(answer: T): T {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (Array.isArray(answer)) return answer.map(withoutMarks) as T;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, key === 'text' ? unheld(String(value)) : withoutMarks(value)]),
  ) as T;
}

function describe(diagnostics: unknown[] | undefined): string {
  const lines = (diagnostics ?? ['unknown reason']).map((diagnostic) => JSON.stringify(diagnostic));
  return [...lines.slice(0, 5), ...(lines.length > 5 ? [`(${lines.length - 5} more)`] : [])].join('\n');
}
