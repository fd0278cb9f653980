import { namedCommits } from '../content/source/git.ts';
import { environmentProblem } from '../environment.ts';
import type { RefChoices, RefsAnswer } from './difference-data.ts';

/** The editions that the content of `folder` may be compared with; why there are none is told. */
export function refChoices(folder: string): RefsAnswer {
  try {
    const choices = namedCommits(folder);
    const likely = likelyOf(choices);
    return { ...choices, ...(likely === undefined ? {} : { likely }) };
  } catch (error) {
    const problem = environmentProblem(error);
    if (problem === undefined) throw error;
    return { problem };
  }
}

/** What is worked towards: the main branch where another one is worked on, else the last edition that was given a name. */
function likelyOf({ branches, tags, commits }: RefChoices): string | undefined {
  const main = ['main', 'origin/main', 'master', 'origin/master']
    .map((name) => branches.find((branch) => branch.name === name))
    .find((branch) => branch && !branch.current);
  return (main ?? tags[0] ?? commits[0])?.name;
}
