// Raw Typst, whole process: these templates and the data beside them, compile and PDF/UA-1 export, nothing else.
import { writeFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const [templates, fonts, pdf] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
const { result } = compiler.compile({ mainFilePath: `${templates}/main.typ` });
writeFileSync(pdf, compiler.pdf(result, { pdfStandard: 'ua-1' }));
