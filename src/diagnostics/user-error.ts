/**
 * Wrong usage or environment, told in Japanese: what is wrong and what to do next. Ends a command with status 2; whoever
 * can go on without what was asked for catches it and shows its message.
 */
export class UserError extends Error {
  override name = 'UserError';
}
