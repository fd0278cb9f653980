/** The characters that signs of the Private Use Area show, by the font that has them. */
export function publicText(text: string, _font: string): string {
  return text;
}
