// Loaded into a measured process and those of Node.js that it starts: at its end it appends a line to the file that
// $BENCH_PEAK names: its peak memory in bytes, its processor time in ms.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** On Linux maxRSS begins with what the process was forked from; VmHWM does not. */
function peak() {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

if (isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.BENCH_PEAK, `${peak()} ${(user + system) / 1000}\n`);
  });
