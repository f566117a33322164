/** What is read must be read alike in the oldest KaTeX that a site may have. */

import { vi } from 'vitest';

vi.mock('katex', () => import('katex-oldest'));

await import('./latex.test.ts');
