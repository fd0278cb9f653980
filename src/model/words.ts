// One word for one thing, wherever users read it: terminal, Markdown, HTML, papers, file names, the page.

export type Severity = 'error' | 'warning';
export const severityWords: Record<Severity, string> = { error: '誤り', warning: '注意' };

/** What became of a measure, a 大項目, a 中項目 or an annex. */
export type ChangeKind = 'added' | 'removed' | 'changed';
export const changeWords: Record<ChangeKind, string> = { added: '新設', removed: '廃止', changed: '変更' };

/** Words inside a text that a revision adds or removes, as papers on revisions have it. */
export type MarkedKind = Exclude<ChangeKind, 'changed'>;
export const markedWords: Record<MarkedKind, string> = { added: '加える', removed: '削る' };

/** 取組 of a measure that has no name yet. */
export const placeholderTitle = '新しい取組';
/** 担当局・部 and 担当課 of a measure whose table names none. */
export const placeholderDepartment = '局・部未定';
export const placeholderSection = '担当課未定';
/** Where the preview shows content with mistakes: a text that cannot be read, the name of a 大項目 or 中項目. */
export const unreadText = '(誤りのため読めません)';
export const unreadName = '(名称が読めません)';
