import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds what the tests of the command run, so that they never see an old build. */
export default function setup(): void {
  // The user's own caches stay as they are.
  process.env.XDG_CACHE_HOME = resolve('node_modules/.cache');
  execFileSync('npm', ['run', '--silent', 'build:code'], { stdio: 'inherit' });
}
