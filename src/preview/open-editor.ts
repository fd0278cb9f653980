import launchEditor from 'launch-editor';
import type { CheckedContent } from '../content/check.ts';
import { visible } from '../model/visible.ts';
import type { OpenAnswer, OpenRequest } from './messages.ts';

/** ms to wait for an editor that cannot be started; one that can says nothing. */
const patience = 300;

/** Opens a content file in the running editor (or $LAUNCH_EDITOR, $VISUAL, $EDITOR); undefined for a file that is none. */
export async function openEditor(
  request: OpenRequest,
  content: Pick<CheckedContent, 'locate' | 'sources'>,
  launch = launchEditor,
): Promise<OpenAnswer | undefined> {
  const place = placeOf(request, content);
  if (place === undefined) return undefined;
  const answer = { place, command: copiedCommand(place, process.platform) };
  // What starts the editor prints the name as it is where that fails.
  if (visible(place) !== place)
    return {
      ...answer,
      failure: '名前に見えない文字があるため、ここからは開けません。ファイルの名前を直してください。',
    };
  const failed = await new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), patience);
    launch(notOption(place), () => resolve(true));
  }).catch(() => true); // some refusals of the system are thrown
  if (!failed) return answer;
  return {
    ...answer,
    failure:
      'エディタを開けませんでした。エディタを起動しておくか、環境変数 LAUNCH_EDITOR にエディタの命令を書いてください。',
  };
}

const notOption = (place: string): string => (place.startsWith('-') ? `./${place}` : place);

/**
 * The command that opens `place`, for the shells of `platform`. What sh, PowerShell and cmd all take as it is between
 * double quotes stands between them; of other names there is a form for sh alone. Pasted into a terminal, a hidden sign
 * (^C, ESC) would act even inside quotes: printf makes it there.
 */
export function copiedCommand(place: string, platform: NodeJS.Platform): string | undefined {
  const path = notOption(place);
  const plain = visible(path) === path;
  if (plain && !/["“”„$`%!\\]/.test(path)) return `code --goto "${path}"`;
  if (platform === 'win32') return undefined;
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  if (plain) return `code --goto ${quoted(path)}`;
  const octal = (sign: string) =>
    visible(sign) === sign
      ? sign.replace('\\', '\\\\')
      : [...Buffer.from(sign)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
  return `code --goto "$(printf %b ${quoted([...path].map(octal).join(''))})"`;
}

/** file:line:column; only files that the content has. */
function placeOf(request: OpenRequest, content: Pick<CheckedContent, 'locate' | 'sources'>): string | undefined {
  if ('path' in request) {
    const { file, start } = content.locate(request.file, request.path, '');
    return content.sources(file) === undefined ? undefined : `${file}:${start.line}:${start.column}`;
  }
  const { file, line, column } = request;
  return content.sources(file) === undefined ? undefined : `${file}:${line}:${column}`;
}

/** A request as it must be, from JSON text; undefined for anything else. */
export function readOpenRequest(text: string): OpenRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // no JSON asks for nothing
  }
  const { file, path, line, column } = (value ?? {}) as Record<string, unknown>;
  if (typeof file !== 'string') return undefined;
  if (Array.isArray(path))
    return path.every((key) => typeof key === 'string' || typeof key === 'number') ? { file, path } : undefined;
  const place = [line, column].every((number) => Number.isInteger(number) && Number(number) > 0);
  return place ? { file, line: Number(line), column: Number(column) } : undefined;
}
