import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** As GitHub does: GitHub Flavored Markdown with its HTML. */
export const rendered = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** Names of the elements in HTML, each once. */
export const tagsOf = (html: string): string[] =>
  [...new Set([...html.matchAll(/<\/?([^\s>]+)[^>]*>/g)].map(([, name = '']) => name))].sort();

/** Those that a comment is made of. */
export const commentTags = 'b br del details h2 h3 ins p span summary table tbody td th thead tr'.split(' ');

/** Where GitHub looks for people, issues, commits, emoji and addresses: the text between the tags, entities decoded. */
export const nodesOf = (html: string): string[] =>
  html
    .split(/<[^>]*>/)
    .map((text) =>
      text.replaceAll(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code, name) =>
        code ? String.fromCharCode(Number(code)) : ({ amp: '&', lt: '<', gt: '>', quot: '"' }[name as 'lt'] ?? ''),
      ),
    );

/** What it makes a link or a picture of there. */
export const calls = /@[a-z0-9]|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:\/\/|www\.|:[\w+-]+:/i;
