import { execFileSync } from 'node:child_process';

/** Builds what the tests of the command run, so that they never see an old build. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build:code'], { stdio: 'inherit' });
}
